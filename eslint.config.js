import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** A layering rule: files under `folder` may not import what matches `patterns`. */
function layer(folder, patterns, message) {
  return {
    files: [`${folder}/**/*.{ts,svelte}`],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: patterns, message }] }] },
  };
}

const shells = ['**/desktop/**', '**/server/**', '**/cli/**', 'electron'];
const outside = [
  ...shells,
  '**/store/**',
  '**/pictures/**',
  'node:*',
  'better-sqlite3',
  'sharp',
  'ws',
];

export default tseslint.config(
  { ignores: ['node_modules', 'out', '.cache', 'release', 'docs', 'resources', 'test-results'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...svelte.configs['flat/recommended'],
  {
    languageOptions: {
      globals: { ...globals.node },
      parserOptions: {
        projectService: {
          allowDefaultProject: ['*.js', 'src-main/cli/*.cjs', 'src-main/launch/*.cjs'],
        },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      complexity: ['error', 12],
      'max-lines': ['error', { max: 330 }],
      'no-console': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts', 'src-renderer/**/*.ts', 'test/renderer/**/*.ts'],
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { parser: tseslint.parser, svelteConfig },
    },
  },
  { files: ['**/*.svelte'], rules: { 'max-lines': ['error', { max: 180 }] } },
  { files: ['**/*.js', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked] },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-console': 'off',
    },
  },
  layer(
    'src-main/contract',
    ['../**', '!../contract/**', 'node:*', 'electron'],
    'The contract imports zod and nothing else.',
  ),
  layer(
    'src-main/contract/objectives',
    ['../../**', 'node:*', 'electron'],
    'The contract imports zod and nothing else.',
  ),
  layer('src-main/engine', shells, 'The engine does not know its shells.'),
  ...['losses', 'networks', 'numeric', 'augmentation'].map((part) =>
    layer(
      `src-main/engine/${part}`,
      outside,
      'Tensors and numbers only: no files, SQL or processes.',
    ),
  ),
  layer(
    'src-renderer',
    ['**/engine/**', ...shells, 'node:*'],
    'The renderer imports the contract only.',
  ),
  layer(
    'src-main/server',
    ['**/desktop/**', '**/cli/**', 'electron'],
    'Shells do not know each other.',
  ),
);
