import { EngineError } from '../../contract/errors/errors.ts';
import type { RunReference } from '../../contract/runs.ts';
import { nearestToVector } from '../neighbours/nearest-to-vector.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import { encoderByName } from '../store/encoders.ts';
import type { Library } from '../store/library-file.ts';
import { findRun } from '../store/runs.ts';
import { findTextTower } from '../text-search/find-text-tower.ts';
import type { TextTower } from '../text-search/find-text-tower.ts';
import type { TextTowerThread } from '../text-search/text-tower-thread.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on searches by text. */
export function searchMethods(
  libraries: OpenLibraries,
  towers: TextTowerThread,
): MethodsOf<'search'> {
  return {
    'search.tower': async ({ run }) => {
      try {
        const { model } = await towerOfRun(libraries.opened().library, run);
        return { path: model, reason: '' };
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        return { path: null, reason: error.message };
      }
    },
    'search.text': async ({ run, text, k }) => {
      const { library, embeddings } = libraries.opened();
      const tower = await towerOfRun(library, run);
      const pictures = await embeddings.ofRun(run);
      const { vector, cut } = await towers.encode(tower, text);
      const { rows, similarities } = nearestToVector(pictures, vector, k);
      return { ids: rows.map((row) => pictures.ids[row] ?? 0), similarities, cut };
    },
  };
}

/** The text tower of a run. @throws EngineError not-found, bad-argument where it has none */
async function towerOfRun(library: Library, reference: RunReference): Promise<TextTower> {
  const { kind, name, encoder } = findRun(library, reference);
  const stored = kind === 'loaded' ? encoderByName(library, encoder) : null;
  if (stored) return await findTextTower(stored);
  throw new EngineError(
    'bad-argument',
    `"${name}" has no text tower, so its pictures cannot be searched by text: embed them with a CLIP or SigLIP folder that has text_model.onnx and tokenizer.json.`,
  );
}
