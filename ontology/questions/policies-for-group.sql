-- Which policies affect which groups, and by what path: policies-for-group.rq for all groups, over the facts as Parquet.
-- `facts` is the table that `kg export -o facts.parquet` or `kg add --spark` writes. Runs on Spark, DuckDB and Trino.
SELECT DISTINCT
  reached.object AS reached, reached.object_label AS reached_label,
  policy.subject AS policy, policy.subject_label AS policy_label, policy.object AS type,
  reached.rule AS rule, reached.via AS through, reached.via_label AS through_label
FROM facts AS policy
JOIN facts AS reached ON reached.subject = policy.subject
WHERE policy.kind = 'entity' AND policy.object IN ('PolicyDocument', 'Mechanism')
  AND reached.kind = 'inference' AND reached.predicate = 'affects'
