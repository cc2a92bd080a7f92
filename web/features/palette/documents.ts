import { graphql } from '../../gql/gql.ts'

export const PaletteNamesDocument = graphql(`
  query PaletteNames {
    agents {
      name
      title
    }
    workflows {
      name
      title
    }
  }
`)

export const SearchDocument = graphql(`
  query Search($query: String!) {
    search(query: $query, first: 8) {
      projects {
        id
        slug
        name
        repository
      }
      runs {
        id
        title
        workflow
        status
        project {
          id
          name
        }
      }
      artifacts {
        id
        kind
        title
        run {
          id
          title
        }
      }
    }
  }
`)
