import { createApp } from './app.mjs'
import { routes } from './routes.mjs'

const port = Number(process.env.PORT ?? 8080)
const server = createApp(routes).listen(port, () => console.log(`listening on ${port}`))
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close())
