/**
 * Endings of a repository's name that say how its weights are stored: number formats, containers, and the
 * tools that made them. What stands before is the same weights.
 */
const FORMAT =
  /[-_.](?:gguf|ggml|awq|gptq|exl[23]|mlx|onnx|openvino|bnb|hqq|autoround|litert(?:-lm)?|ct2?|transformers|mobile|compressed-tensors|quantized|unquantized|unpacked|qat|dynamic|block|(?:nv|mx)?fp(?:4|8|16)|bf16|f16|int[48]|i?q[2-8](?:_[0-9ks](?:_[msl])?)?|w[48]a(?:fp)?(?:8|16)|[1-8]-?bit)$/i;

/** Endings that name a step of the same model's training, or a draft head that speeds it up. */
const STAGE = /[-_](?:base|pt|pretrain|it|instruct|chat|sft|dpo|think|hf|dspark|dflash(?:-b\d+)?|eagle\d?)$/i;

/** A model's name without the endings that say how it is stored; lower case. */
export function withoutFormat(name: string): string {
  return strip(name.toLowerCase(), [FORMAT]);
}

/**
 * What variants of one model and size share: `Qwen3-8B`, `Qwen3-8B-Base`, `Qwen3-8B-GGUF` and `Qwen3-8B-FP8`
 * are one family; `Qwen3-4B` and `Qwen3-8B` are two, since the size stays in the name.
 *
 * @param model `owner/name` or a name
 */
export function family(model: string): string {
  return strip(model.slice(model.indexOf('/') + 1).toLowerCase(), [FORMAT, STAGE]);
}

function strip(name: string, endings: readonly RegExp[]): string {
  for (let before = ''; before !== name; ) {
    before = name;
    for (const ending of endings) {
      const shorter = name.replace(ending, '');
      if (shorter.length > 0) name = shorter;
    }
  }
  return name;
}
