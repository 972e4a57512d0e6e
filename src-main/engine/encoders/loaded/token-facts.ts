import { basename, dirname, join } from 'node:path';
import { readJson } from './read-json.ts';

/** What the files beside a model say of its tokens; null for what they do not say. */
export interface TokenFacts {
  /** Side of a patch in pixels. */
  readonly patchSize: number | null;
  readonly registers: number | null;
  readonly cls: boolean | null;
}

const nothing: TokenFacts = { patchSize: null, registers: null, cls: null };

/** The tokens of the families of Transformers, by `model_type`. */
const families: Readonly<Record<string, Partial<TokenFacts>>> = {
  ...ofAll(['vit', 'vit_mae', 'vit_msn', 'dinov2', 'beit', 'data2vec-vision'], {
    cls: true,
    registers: 0,
  }),
  ...ofAll(['clip', 'clip_vision_model', 'chinese_clip', 'altclip'], { cls: true, registers: 0 }),
  ...ofAll(['ijepa', 'siglip', 'siglip_vision_model', 'siglip2', 'siglip2_vision_model'], {
    cls: false,
    registers: 0,
  }),
  ...ofAll(['aimv2', 'aimv2_vision_model', 'swin', 'swinv2', 'hiera', 'vjepa2'], {
    cls: false,
    registers: 0,
  }),
  // Its second token was trained by distillation.
  deit: { cls: true, registers: 1 },
  dinov2_with_registers: { cls: true, registers: 4 },
  dinov3_vit: { cls: true, registers: 4 },
};

function ofAll(names: readonly string[], facts: Partial<TokenFacts>) {
  return Object.fromEntries(names.map((name) => [name, facts]));
}

/**
 * What `config.json` beside a model, or above its folder `onnx`, says of the tokens: as Transformers
 * or as timm writes it.
 * @throws EngineError bad-encoder if the file is not JSON
 */
export async function readTokenFacts(model: string): Promise<TokenFacts> {
  const folder = dirname(model);
  const home = basename(folder) === 'onnx' ? dirname(folder) : folder;
  const config = await readJson(join(home, 'config.json'));
  return config === null ? nothing : tokenFacts(config);
}

function tokenFacts(config: Record<string, unknown>): TokenFacts {
  const timm = config['architecture'];
  if (typeof timm === 'string') return timmFacts(timm, config);
  const inner = config['vision_config'];
  const vision = isObject(inner) ? inner : config;
  const family = families[String(vision['model_type'] ?? config['model_type'])] ?? {};
  return {
    ...nothing,
    ...family,
    patchSize: sideOf(vision['patch_size']),
    registers: countOf(vision['num_register_tokens']) ?? family.registers ?? null,
  };
}

/** timm names its models by their parts, as `vit_base_patch14_reg4_dinov2`. */
function timmFacts(name: string, config: Record<string, unknown>): TokenFacts {
  const numberAfter = (part: RegExp): number | null => countOf(Number(part.exec(name)?.[1]));
  const args = isObject(config['model_args']) ? config['model_args'] : {};
  const hasNone = /_gap\b|_gap_|siglip|samvit|swin|hiera|aimv2/.test(name);
  return {
    patchSize: numberAfter(/patch(\d+)/),
    registers: countOf(args['reg_tokens']) ?? numberAfter(/_reg(\d+)/),
    cls: args['class_token'] === false || hasNone ? false : null,
  };
}

function sideOf(value: unknown): number | null {
  return Array.isArray(value) ? countOf(value[0]) : countOf(value);
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
