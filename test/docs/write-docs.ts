import { writeFile } from 'node:fs/promises';
import { generated, generatedDocs } from './generated-docs.ts';

/** `npm run docs`: writes what the app's own tables and commands say into docs/. */
for (const document of generatedDocs) {
  const { file, text } = await generated(document);
  await writeFile(file, text);
}
