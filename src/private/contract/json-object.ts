/** A JSON object of any shape. */
export type JsonObject = Readonly<Record<string, unknown>>;
