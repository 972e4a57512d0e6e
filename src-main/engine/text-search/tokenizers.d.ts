/** The package's own types import files without their endings, which TypeScript does not find here. */
declare module '@huggingface/tokenizers' {
  export class Tokenizer {
    /** Of the objects in tokenizer.json and tokenizer_config.json; throws where they are none. */
    constructor(tokenizer: object, config: object);
    encode(text: string, options?: { add_special_tokens?: boolean }): { ids: number[] };
  }
}
