/** The pages and their addresses. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  RouterProvider,
} from '@tanstack/react-router'
import { type Client, Provider as UrqlProvider } from 'urql'
import { type App as AppParts, AppProvider } from './lib/app-context.ts'
import { HomePage } from './pages/home.tsx'
import { NotFoundPage } from './pages/not-found.tsx'
import { PageFault } from './pages/page-fault.tsx'
import { parseRunSearch } from './pages/run-search.ts'
import { Shell } from './pages/shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage })
const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage })
const projects = createRoute({
  getParentRoute: () => root,
  path: '/projects',
  component: lazyRouteComponent(() => import('./pages/projects.tsx'), 'ProjectsPage'),
})
const project = createRoute({
  getParentRoute: () => root,
  path: '/projects/$slug',
  component: lazyRouteComponent(() => import('./pages/project.tsx'), 'ProjectPage'),
})
const start = createRoute({
  getParentRoute: () => root,
  path: '/projects/$slug/start',
  validateSearch: (search: Record<string, unknown>): { workflow?: string } =>
    typeof search.workflow === 'string' ? { workflow: search.workflow } : {},
  component: lazyRouteComponent(() => import('./pages/start.tsx'), 'StartPage'),
})
const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$runId',
  validateSearch: parseRunSearch,
  component: lazyRouteComponent(() => import('./pages/run.tsx'), 'RunPage'),
})

const approvals = createRoute({
  getParentRoute: () => root,
  path: '/approvals',
  validateSearch: (search: Record<string, unknown>): { approval?: string } =>
    typeof search.approval === 'string' ? { approval: search.approval } : {},
  component: lazyRouteComponent(() => import('./pages/approvals.tsx'), 'ApprovalsPage'),
})
const providers = createRoute({
  getParentRoute: () => root,
  path: '/providers',
  component: lazyRouteComponent(() => import('./pages/providers.tsx'), 'ProvidersPage'),
})

const routeTree = root.addChildren([home, projects, project, start, run, approvals, providers])

/** `history`: where addresses are kept; the browser's own unless told. */
export const createAppRouter = (history?: RouterHistory) =>
  createRouter({
    routeTree,
    defaultPreload: 'intent',
    defaultErrorComponent: PageFault,
    ...(history === undefined ? {} : { history }),
  })
export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}

export function App({ parts, client, router }: { parts: AppParts; client: Client; router: AppRouter }) {
  return (
    <AppProvider value={parts}>
      <UrqlProvider value={client}>
        <RouterProvider router={router} />
      </UrqlProvider>
    </AppProvider>
  )
}
