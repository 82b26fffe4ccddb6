/** The shape of a catalog, or of a part of it, with any texts: a missing or extra key does not compile. */
export type Words<Node> = Node extends string ? string : { readonly [Key in keyof Node]: Words<Node[Key]> };
