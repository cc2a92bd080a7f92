/** Settings of the shop. Everything that differs between machines can be set from the environment. */
export const config = {
  port: Number(process.env.PORT ?? 8080),
  homeCountry: 'SE',
  warehouseUrl: process.env.WAREHOUSE_URL ?? 'https://warehouse.example.com',
  databaseUrl: process.env.DATABASE_URL ?? 'postgres://shop:Kv9mTq2LxPz7@db.internal.example.com:5432/shop',
}
