// Lint rules. The one that matters most is the direction of imports: a folder of src/ may use only the folders
// above it in FLOW (docs/architecture.md, "The data's way"). A new folder is one line here.
import tseslint from 'typescript-eslint';

const FLOW = [
  'core',
  'topology',
  'statistics',
  'models',
  'overlays',
  'snapshot',
  'simulate',
  'crawl',
  'formats',
  'underlay',
  'search',
  'paradigms',
  'analyses',
  'charts',
  'reports',
  'cli',
];

const oneWayImports = FLOW.map((folder, index) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: [...FLOW.slice(index + 1).map((later) => `**/${later}/**`), '**/src/index.ts'],
            message: `src/${folder} may use only the folders before it in the data's way (docs/architecture.md).`,
          },
          ...(folder === 'topology'
            ? []
            : [
                {
                  group: ['graphology', 'graphology-*'],
                  message: 'Only src/topology/graphology.ts talks to graphology.',
                },
              ]),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'notebooks/', 'bin/', '**/*.js'] },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        {
          object: 'URL',
          property: 'canParse',
          message: 'It is wrong in Node 20 and 22: urlOf (src/core/url.ts).',
        },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  ...oneWayImports,
  {
    files: [
      'test/**/*.ts',
      'src/snapshot/{link-claims,peer-records}.ts',
      'src/formats/{id-lines,written-lines,number-ids,numeric-lines}.ts',
      'src/core/address-book.ts',
      'src/crawl/{memory-frontier,number-queue,source-credit}.ts',
      'src/snapshot/doubt/{insular-nets,inventors}.ts',
      'src/reports/view/*.ts',
      'viewer/**/*.ts',
      'src/{topology,statistics,models,underlay,search,paradigms,analyses}/**/*.ts',
    ],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
