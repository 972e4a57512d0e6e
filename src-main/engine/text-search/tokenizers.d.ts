/** The package's own types import files without their extensions, which TypeScript does not find here. */
declare module '@huggingface/tokenizers' {
  export class Tokenizer {
    /**
     * Makes a tokenizer from the objects in tokenizer.json and tokenizer_config.json; throws where they
     * are not those of a tokenizer.
     */
    constructor(tokenizer: object, config: object);
    encode(text: string, options?: { add_special_tokens?: boolean }): { ids: number[] };
  }
}
