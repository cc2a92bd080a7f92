/** Languages by file name. `code` is what people write and tests run; the rest is data, prose and settings. */
const code = {
  JavaScript: 'js mjs cjs jsx',
  TypeScript: 'ts mts cts tsx',
  Python: 'py pyi',
  Go: 'go',
  Rust: 'rs',
  Java: 'java',
  Kotlin: 'kt kts',
  Scala: 'scala sc',
  Swift: 'swift',
  C: 'c h',
  'C++': 'cpp cc cxx hpp hh hxx',
  'C#': 'cs',
  'Objective-C': 'm mm',
  Ruby: 'rb rake',
  PHP: 'php',
  Perl: 'pl pm',
  Lua: 'lua',
  R: 'r',
  Julia: 'jl',
  Dart: 'dart',
  Elixir: 'ex exs',
  Erlang: 'erl hrl',
  Haskell: 'hs',
  Clojure: 'clj cljs cljc',
  OCaml: 'ml mli',
  Zig: 'zig',
  Nim: 'nim',
  Shell: 'sh bash zsh',
  PowerShell: 'ps1',
  SQL: 'sql',
  Vue: 'vue',
  Svelte: 'svelte',
  Astro: 'astro',
  CSS: 'css scss sass less',
  Groovy: 'groovy gradle',
  Terraform: 'tf',
  Protobuf: 'proto',
  GraphQL: 'graphql gql',
}
const other = {
  HTML: 'html htm',
  Markdown: 'md markdown mdx',
  JSON: 'json jsonc json5',
  YAML: 'yaml yml',
  TOML: 'toml',
  XML: 'xml xsd xsl',
  Text: 'txt rst adoc',
}

/** @type {Map<string, { language: string, code: boolean }>} */
const byExtension = new Map()
add(code, true)
add(other, false)

/**
 * @param {Record<string, string>} table
 * @param {boolean} isCode
 */
function add(table, isCode) {
  for (const [language, extensions] of Object.entries(table)) {
    for (const extension of extensions.split(' ')) byExtension.set(extension, { language, code: isCode })
  }
}

/** @param {string} path */
export function languageOf(path) {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === 'Dockerfile') return { language: 'Dockerfile', code: true }
  if (name === 'Makefile') return { language: 'Makefile', code: true }
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? undefined : byExtension.get(name.slice(dot + 1).toLowerCase())
}
