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
import { parseRunSearch as parseListSearch } from './features/run-lists/run-query.ts'
import { type App as AppParts, AppProvider } from './lib/app-context.ts'
import { parseCompareSearch } from './pages/compare-search.ts'
import { HomePage } from './pages/home.tsx'
import { NotFoundPage } from './pages/not-found.tsx'
import {
  parseAgentsSearch,
  parseProvidersSearch,
  parseQualitySearch,
  parseWorkflowSearch,
  parseWorkflowsSearch,
} from './pages/operator-search.ts'
import { PageFault } from './pages/page-fault.tsx'
import { parseRunSearch } from './pages/run-search.ts'
import { Shell } from './pages/shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage })
/** Of the given names, those that stand in the address as text. */
const texts =
  <Name extends string>(...names: readonly Name[]) =>
  (search: Record<string, unknown>): { [K in Name]?: string } =>
    Object.fromEntries(names.flatMap(name => (typeof search[name] === 'string' ? [[name, search[name]]] : []))) as {
      [K in Name]?: string
    }

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: texts('proposal'),
  component: HomePage,
})
const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  validateSearch: parseListSearch,
  component: lazyRouteComponent(() => import('./pages/runs.tsx'), 'RunsPage'),
})
const spending = createRoute({
  getParentRoute: () => root,
  path: '/spending',
  validateSearch: (search: Record<string, unknown>) => {
    const { from, project } = texts('from', 'project')(search)
    return {
      ...(from !== undefined && !Number.isNaN(Date.parse(from)) ? { from } : {}),
      ...(project === undefined ? {} : { project }),
    }
  },
  component: lazyRouteComponent(() => import('./pages/spending.tsx'), 'SpendingPage'),
})
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings.tsx'), 'SettingsPage'),
})
const design = createRoute({
  getParentRoute: () => root,
  path: '/design',
  component: lazyRouteComponent(() => import('./pages/design.tsx'), 'DesignPage'),
})
const projects = createRoute({
  getParentRoute: () => root,
  path: '/projects',
  validateSearch: (search: Record<string, unknown>): { create?: true } =>
    search.create === true ? { create: true } : {},
  component: lazyRouteComponent(() => import('./pages/projects.tsx'), 'ProjectsPage'),
})
const project = createRoute({
  getParentRoute: () => root,
  path: '/projects/$slug',
  validateSearch: parseListSearch,
  component: lazyRouteComponent(() => import('./pages/project.tsx'), 'ProjectPage'),
})
const start = createRoute({
  getParentRoute: () => root,
  path: '/projects/$slug/start',
  validateSearch: texts('workflow', 'proposal'),
  component: lazyRouteComponent(() => import('./pages/start.tsx'), 'StartPage'),
})
const projectSettings = createRoute({
  getParentRoute: () => root,
  path: '/projects/$slug/settings',
  component: lazyRouteComponent(() => import('./pages/project-settings.tsx'), 'ProjectSettingsPage'),
})
const conversations = createRoute({
  getParentRoute: () => root,
  path: '/projects/$slug/talks',
  validateSearch: (search: Record<string, unknown>): { begin?: true } => (search.begin === true ? { begin: true } : {}),
  component: lazyRouteComponent(() => import('./pages/conversation.tsx'), 'ConversationsPage'),
})
const conversation = createRoute({
  getParentRoute: () => root,
  path: '/projects/$slug/talks/$conversationId',
  component: lazyRouteComponent(() => import('./pages/conversation.tsx'), 'ConversationPage'),
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
const compare = createRoute({
  getParentRoute: () => root,
  path: '/compare',
  validateSearch: parseCompareSearch,
  component: lazyRouteComponent(() => import('./pages/compare.tsx'), 'ComparePage'),
})
const agents = createRoute({
  getParentRoute: () => root,
  path: '/agents',
  validateSearch: parseAgentsSearch,
  component: lazyRouteComponent(() => import('./pages/agents.tsx'), 'AgentsPage'),
})
const workflows = createRoute({
  getParentRoute: () => root,
  path: '/workflows',
  validateSearch: parseWorkflowsSearch,
  component: lazyRouteComponent(() => import('./pages/workflows.tsx'), 'WorkflowsPage'),
})
const workflow = createRoute({
  getParentRoute: () => root,
  path: '/workflows/$name',
  validateSearch: parseWorkflowSearch,
  component: lazyRouteComponent(() => import('./pages/workflow.tsx'), 'WorkflowPage'),
})
const providers = createRoute({
  getParentRoute: () => root,
  path: '/providers',
  validateSearch: parseProvidersSearch,
  component: lazyRouteComponent(() => import('./pages/providers.tsx'), 'ProvidersPage'),
})
const quality = createRoute({
  getParentRoute: () => root,
  path: '/quality',
  validateSearch: parseQualitySearch,
  component: lazyRouteComponent(() => import('./pages/quality.tsx'), 'QualityPage'),
})
const health = createRoute({
  getParentRoute: () => root,
  path: '/health',
  component: lazyRouteComponent(() => import('./pages/health.tsx'), 'HealthPage'),
})

const routeTree = root.addChildren([
  home,
  runs,
  spending,
  settings,
  design,
  projectSettings,
  conversations,
  conversation,
  projects,
  project,
  start,
  run,
  approvals,
  compare,
  providers,
  agents,
  workflows,
  workflow,
  quality,
  health,
])

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
