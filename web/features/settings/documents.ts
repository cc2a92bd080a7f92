import { graphql } from '../../gql/gql.ts'

// biome-ignore lint/correctness/noUnusedVariables: the generator reads it, the operations below cite it.
const KeyLineFragment = graphql(`
  fragment KeyLine on Key {
    id
    name
    role
    publicId
    isMine
    createdAt
    expiresAt
    revokedAt
    lastUsedAt
  }
`)

export const KeysDocument = graphql(`
  query Keys {
    viewer {
      kind
      name
      role
      keyId
      expiresAt
    }
    keys(first: 100) {
      totalCount
      nodes {
        ...KeyLine
      }
    }
  }
`)

export const CreateKeyDocument = graphql(`
  mutation CreateKey($input: CreateKeyInput!) {
    createKey(input: $input) {
      ... on CreateKeyPayload {
        secret
        key {
          ...KeyLine
        }
      }
      ... on UserError {
        message
        hint
      }
    }
  }
`)

export const RevokeKeyDocument = graphql(`
  mutation RevokeKey($input: RevokeKeyInput!) {
    revokeKey(input: $input) {
      ... on RevokeKeyPayload {
        key {
          ...KeyLine
        }
      }
      ... on UserError {
        message
        hint
      }
    }
  }
`)
