import type { Run } from '../../store/runs.ts';

export interface ModelFacts {
  readonly run: Run;
  readonly epoch: number;
  readonly weightsHash: string;
  /** Side of the pictures in pixels. */
  readonly size: number;
  /** Lengths of h and z. */
  readonly dimensions: { readonly h: number; readonly z: number };
  readonly pictures: number;
  readonly labels: number;
  readonly created: Date;
}

/** What the ONNX file itself tells (metadata_props). */
export function modelMetadata(facts: ModelFacts): Record<string, string> {
  const { run, epoch, weightsHash, size, pictures, labels, created } = facts;
  return {
    run: run.name,
    encoder: run.encoder,
    objective: run.objective ?? '',
    settings: JSON.stringify(run.settings),
    metrics: JSON.stringify(run.metrics),
    epoch: String(epoch),
    weights_sha256: weightsHash,
    pictures: String(pictures),
    labels: String(labels),
    input: `uint8 RGB [batch, ${size}, ${size}, 3], cut to a square and resized outside`,
    created: created.toISOString(),
  };
}

/** A model card in Markdown: what it is, how it is used, what it was trained on and how well it does. */
export function modelCard(facts: ModelFacts, fileName: string): string {
  const { run, epoch, weightsHash, size, dimensions, pictures, labels, created } = facts;
  const table = (rows: readonly (readonly [string, unknown])[]): string =>
    ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${cell(value)} |`)].join(
      '\n',
    );
  return `# ${run.name}

A contrastive image encoder with its projection head, trained and written by Negatoscope.

${table([
  ['File', fileName],
  ['Encoder', run.encoder],
  ['Objective', run.objective ?? '–'],
  ['Epochs', epoch],
  ['SHA-256 of the weights', weightsHash],
  ['Written', created.toISOString()],
])}

## Input and output

${table([
  ['`images`', `uint8 RGB, [batch, ${size}, ${size}, 3], 0 to 255`],
  ['`h`', `float32 [batch, ${dimensions.h}], features, unit rows: compare these by cosine`],
  ['`z`', `float32 [batch, ${dimensions.z}], projected, unit rows: what the loss saw`],
])}

The scaling of colours is inside. Cut a picture to its middle square and resize it to ${size} x ${size} first; flatten transparency.

\`\`\`python
import numpy as np, onnxruntime as ort
session = ort.InferenceSession("${fileName}")
h, z = session.run(["h", "z"], {"images": np.zeros((1, ${size}, ${size}, 3), np.uint8)})
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

function cell(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
