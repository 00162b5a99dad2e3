import tseslint from 'typescript-eslint'

const plain = (name, why) => ({ name, message: why })
const replayed = 'an orchestrator is replayed; take it from the input, an activity or context.df'

/** One way to write a function: a body of statements is a declaration's; an arrow is one expression, or typed by its name. */
const oneWay = ['Program', 'Program > ExportNamedDeclaration'].map((at) => ({
  selector: `${at} > VariableDeclaration > VariableDeclarator:not([id.typeAnnotation]) > ArrowFunctionExpression[body.type='BlockStatement']`,
  message: 'Write a function with statements as a declaration.'
}))

/** A loop that sleeps has no voice and no end unless it is that of wait-on-azure.ts (DESIGN rule 11). */
const sleepsInLoops = ["[callee.name='sleepUntil']", "[callee.name='waitFor'][arguments.1.elements.length=0]"].map(
  (call) => ({
    selector: `:matches(ForStatement, ForOfStatement, WhileStatement, DoWhileStatement) CallExpression${call}`,
    message: 'Wait on Azure by lookUntil of wait-on-azure.ts: it says what for, and ends.'
  })
)

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', '.rehearsal/', 'test-output/', '**/*.js', '**/*.cjs', '**/*.mjs'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off', // an interface may promise what one implementation knows at once
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      'no-restricted-syntax': ['error', ...oneWay],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      complexity: ['error', 12],
      'max-len': [
        'error',
        { code: 130, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }
      ]
    }
  },
  {
    files: ['src/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...oneWay,
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'Time is a parameter (DESIGN rule 7): the rehearsal skips days.'
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Time is a parameter (DESIGN rule 7): the rehearsal skips days.'
        }
      ]
    }
  },
  {
    // It runs on the reader's machine: tsconfig gives it the browser's names and not Node's, and the clock is the reader's.
    files: ['src/web/browser/**'],
    rules: { 'no-restricted-syntax': ['error', ...oneWay] }
  },
  {
    files: ['src/orchestrators/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'setTimeout',
          'setInterval',
          'setImmediate',
          'queueMicrotask',
          'fetch',
          'crypto',
          'console',
          'performance',
          'Promise'
        ].map((name) => plain(name, replayed))
      ],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: replayed }],
      'no-restricted-syntax': [
        'error',
        ...oneWay,
        { selector: ':function[async=true]', message: 'An orchestrator yields; it never awaits.' },
        { selector: 'AwaitExpression', message: 'An orchestrator yields; it never awaits.' },
        { selector: "CallExpression[callee.name='Date']", message: replayed },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: replayed },
        { selector: "MemberExpression[object.name='Date']", message: replayed },
        { selector: "MemberExpression[property.name='df']", message: 'Only durable.ts touches context.df.' },
        ...sleepsInLoops
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^node:', message: replayed },
            { regex: '^@azure/', message: replayed },
            { regex: '^durable-functions', message: 'Only durable.ts knows the library.' }
          ]
        }
      ]
    }
  },
  {
    files: ['src/orchestrators/durable.ts'],
    rules: {
      'no-restricted-imports': 'off',
      'no-restricted-syntax': [
        'error',
        ...oneWay,
        { selector: ':function[async=true]', message: 'An orchestrator yields; it never awaits.' },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: replayed },
        { selector: "MemberExpression[object.name='Date']", message: replayed }
      ]
    }
  },
  {
    files: ['test/**', 'bench/**'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': ['error', 520],
      // vitest's matchers and an untyped `yield` are `any`; what they hold is what the test asserts.
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off'
    }
  }
)
