/** The shape of a catalog, whatever its language: the same keys, any text. */
export type Words<Node> = Node extends string ? string : { readonly [Key in keyof Node]: Words<Node[Key]> };
