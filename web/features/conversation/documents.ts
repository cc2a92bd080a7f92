import { graphql } from '../../gql/gql.ts'

export const ConversationsDocument = graphql(`
  query Conversations($projectId: ID!) {
    conversations(projectId: $projectId, first: 50) {
      nodes {
        id
        title
        simulated
        updatedAt
      }
    }
  }
`)

// biome-ignore lint/correctness/noUnusedVariables: the generator reads it, the operations below cite it.
const MessageLineFragment = graphql(`
  fragment MessageLine on Message {
    id
    seq
    author
    by
    state
    text
    files {
      name
      text
    }
    links {
      runId
      seq
      type
      title
    }
    commands {
      index
      kind
      summary
      state
      run {
        id
        title
        status
      }
      error {
        message
        hint
      }
    }
    error {
      message
      hint
    }
    model
    simulated
    cost
    createdAt
  }
`)

export const ConversationChangedDocument = graphql(`
  subscription ConversationChanged($id: ID!, $after: Int!) {
    conversationChanged(conversationId: $id, after: $after) {
      version
      conversation {
        id
        title
        simulated
      }
      messages {
        ...MessageLine
      }
    }
  }
`)

export const CreateConversationDocument = graphql(`
  mutation CreateConversation($input: CreateConversationInput!) {
    createConversation(input: $input) {
      ... on CreateConversationPayload {
        conversation {
          id
          title
        }
      }
      ... on UserError {
        message
        hint
      }
    }
  }
`)

export const SayDocument = graphql(`
  mutation Say($input: SayInput!) {
    say(input: $input) {
      ... on SayPayload {
        said {
          ...MessageLine
        }
        reply {
          ...MessageLine
        }
      }
      ... on UserError {
        message
        hint
      }
    }
  }
`)

export const ConfirmCommandDocument = graphql(`
  mutation ConfirmCommand($input: ConfirmCommandInput!) {
    confirmCommand(input: $input) {
      ... on ConfirmCommandPayload {
        reply {
          ...MessageLine
        }
      }
      ... on UserError {
        message
        hint
      }
    }
  }
`)
