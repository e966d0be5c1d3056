"use strict";
// The graph of the page: nodes, edges and who is linked to whom. Nothing here changes after loading.

function createModel(data) {
  const nodes = new Map(data.nodes.map((node) => [node.id, { ...node, ...node.about, links: [] }]));
  const edges = new Map(data.edges.map((edge) => [edge.id, { ...edge, ...edge.about }]));
  const byIri = new Map([...nodes.values()].map((node) => [node.iri, node]));
  const stated = new Map();
  for (const edge of edges.values()) {
    nodes.get(edge.from).links.push(edge);
    if (edge.to !== edge.from) nodes.get(edge.to).links.push(edge);
    if (!edge.derived) stated.set(`${edge.from} ${edge.to}`, [...(stated.get(`${edge.from} ${edge.to}`) ?? []), edge]);
  }
  const figures = data.figures.map((figure) => ({ ...figure, owners: [] }));
  for (const node of nodes.values()) {
    node.figures = (node.figures ?? []).map((number) => figures[number]);
    for (const figure of node.figures) figure.owners.push(node);
    node.names = [...new Set([node.label, node.label_en, ...(node.also ?? [])].filter(Boolean))];
    node.folded = node.names.map(fold);
    node.weight = node.links.filter((edge) => !edge.derived).length;
  }

  const entities = [...nodes.values()].filter((node) => node.type !== "Article");
  const articles = [...nodes.values()].filter((node) => node.type === "Article");

  /** The stated edges between the ends of a derived one: while one is drawn, the derived one need not be. */
  const twins = (edge) => (edge.derived ? stated.get(`${edge.from} ${edge.to}`) ?? [] : []);
  const other = (edge, node) => nodes.get(edge.from === node.id ? edge.to : edge.from);
  const neighbours = (node) => new Set(node.links.map((edge) => other(edge, node)));
  const article = (number) => data.articles[number];

  return { data, nodes, entities, articles, edges, figures, byIri, twins, other, neighbours, article };
}

/** A text as search compares it: width and case do not matter. */
function fold(text) {
  return String(text).normalize("NFKC").toLowerCase();
}
