import { decodingOfRun } from '../../encoders/embedding/decoded-identity.ts';
import type { FrozenEncoder } from '../../encoders/embedding/encoder.ts';
import type { Run } from '../../store/runs.ts';
import type { Preprocessing } from '../../../contract/preprocessing.ts';
import { preprocessingKey } from '../../encoders/loaded/preprocessing/exported-preprocessing.ts';
import { pictureRule } from './picture-rule.ts';

export interface ModelFacts {
  readonly run: Run;
  readonly epoch: number;
  readonly weightsHash: string;
  /** Side of the pictures in pixels. */
  readonly size: number;
  /** How many pictures one call takes: any number, or the number that the encoder before a head fixes. */
  readonly batch: number | 'batch';
  /** Lengths of h and z. */
  readonly dimensions: { readonly h: number; readonly z: number };
  /** The encoder before a head. */
  readonly frozen: Pick<FrozenEncoder, 'name' | 'hash' | 'dimensions'> | null;
  /** How a picture must be resized before it is given to the model. */
  readonly preprocessing: Preprocessing;
  readonly pictures: number;
  readonly labels: number;
  readonly created: Date;
}

/** The facts that are written into the ONNX file itself (metadata_props). */
export function modelMetadata(facts: ModelFacts): Record<string, string> {
  const { run, epoch, weightsHash, size, batch, frozen, pictures, labels, created } = facts;
  return {
    run: run.name,
    encoder: run.encoder,
    objective: run.objective ?? '',
    settings: JSON.stringify(run.settings),
    metrics: JSON.stringify(run.metrics),
    epoch: String(epoch),
    weights_sha256: weightsHash,
    ...(frozen && { frozen_encoder: frozen.name, frozen_sha256: frozen.hash }),
    pictures: String(pictures),
    labels: String(labels),
    input: `uint8 RGB [${batch}, ${size}, ${size}, 3]`,
    before_input: pictureRule(facts.preprocessing, decodingOfRun(run).background),
    [preprocessingKey]: JSON.stringify(facts.preprocessing),
    created: created.toISOString(),
  };
}

/**
 * A model card in Markdown: what the model is, how to use it, what it was trained on and how well it
 * scores.
 */
export function modelCard(facts: ModelFacts, fileName: string): string {
  const { run, epoch, weightsHash, size, batch, dimensions, frozen } = facts;
  const { pictures, labels, created } = facts;
  const example = `np.zeros((${batch === 'batch' ? 1 : batch}, ${size}, ${size}, 3), np.uint8)`;
  const table = (rows: readonly (readonly [string, unknown])[]): string =>
    ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${cell(value)} |`)].join(
      '\n',
    );
  return `# ${plain(run.name)}

A contrastive image encoder with its projection head, ${frozen ? `which is trained on the frozen features of ${plain(frozen.name)}; ` : 'trained and '}written by Negatoscope.

${table([
  ['File', fileName],
  ['Encoder', run.encoder],
  ['Objective', run.objective ?? '–'],
  ['Epochs', epoch],
  ['SHA-256 of the weights', weightsHash],
  ...frozenRows(facts),
  ['Written', created.toISOString()],
])}

## Input and output

${table([
  ['`images`', `uint8 RGB, [${batch}, ${size}, ${size}, 3], 0 to 255`],
  ['`h`', `float32 [${batch}, ${dimensions.h}], features, unit rows: compare these by cosine`],
  ['`z`', `float32 [${batch}, ${dimensions.z}], projected, unit rows: what the loss saw`],
  ...(frozen
    ? [
        [
          '`features`',
          `float32 [${batch}, ${frozen.dimensions}], of ${frozen.name}, unit rows`,
        ] as const,
      ]
    : []),
])}

The scaling of colours is inside; resizing and cutting are not. ${pictureRule(facts.preprocessing, decodingOfRun(run).background)}

\`\`\`python
import numpy as np, onnxruntime as ort
session = ort.InferenceSession(${JSON.stringify(fileName)})
h, z = session.run(["h", "z"], {"images": ${example}})
\`\`\`

## Data

${table([
  ['Pictures of the library', pictures],
  ['Pictures trained on', run.settings['pictures'] ?? '–'],
  ['Labels', labels === 0 ? 'none' : `${labels}, not seen by the training`],
])}

## Metrics

${Object.keys(run.metrics).length === 0 ? 'Not evaluated.' : table(Object.entries(run.metrics))}

kNN and linear are accuracies on h by the labels of the library itself, not of pictures held out.

## Settings

${table(Object.entries(run.settings))}
`;
}

/** The section on the encoder before a head. */
function frozenRows({ frozen, batch }: ModelFacts): (readonly [string, unknown])[] {
  if (!frozen) return [];
  return [
    ['Head on', frozen.name],
    ['SHA-256 of that encoder', frozen.hash],
    ...(batch === 'batch' ? [] : [['Pictures at once', `${batch}, as its file fixes it`] as const]),
  ];
}

function cell(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return plain(text).replaceAll('|', '\\|');
}

/** A name as text in one line, whatever it holds: no markup, and no link. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('<', '&lt;').replaceAll('](', ']\\(');
}
