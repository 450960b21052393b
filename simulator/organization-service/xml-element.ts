/** An element with its namespaces resolved. */
export interface XmlElement {
  readonly uri: string;
  readonly local: string;
  /** `i:type`, resolved by the namespaces in scope; undefined without it, or if its prefix means nothing. */
  readonly type: { readonly uri: string; readonly local: string } | undefined;
  /** `i:nil="true"`. */
  readonly nil: boolean;
  /** All text directly inside. */
  readonly text: string;
  readonly children: readonly XmlElement[];
  /** Its attributes without a namespace, where they were asked for. */
  readonly attributes?: Readonly<Record<string, string>>;
}
