/** `npm run codegen`: prints the schema, then generates the typed documents that the page and the command line use. */
import type { CodegenConfig } from '@graphql-codegen/cli'

const scalars = {
  DateTime: 'string',
  BigInt: { input: 'number | string', output: 'number | string' },
  JSON: 'unknown',
  ID: 'string',
}

/** One folder of documents for each client, each with its own generated types. */
const client = (name: 'web' | 'cli') => ({
  [`./${name}/gql/`]: {
    preset: 'client' as const,
    documents: [`./${name}/**/*.{ts,tsx}`, `!./${name}/gql/**`],
    presetConfig: { fragmentMasking: false },
    config: {
      scalars,
      useTypeImports: true,
      enumsAsTypes: true,
      avoidOptionals: { field: true },
      strictScalars: true,
    },
  },
})

const config: CodegenConfig = {
  schema: './schema.graphql',
  ignoreNoDocuments: true,
  emitLegacyCommonJSImports: false,
  importExtension: '.ts',
  generates: { ...client('web'), ...client('cli') },
}

// The generator asks for a default export.
export default config
