// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
export const MAX_MESSAGE_BYTES = 128 * 1024
export const MAX_FRAME_BYTES = 32 * 1024
export const IDLE_TIMEOUT_MS = 10 * 60_000
export const CONNECTION_LIFETIME_MS = 2 * 60 * 60_000
export const INTEGRATION_TIMEOUT_MS = 29_000
export const AUTHORIZER_ANSWER_BYTES = 8 * 1024
export const NEW_CONNECTIONS = { ratePerSecond: 500, burst: 500 }
export const ACCOUNT_REQUESTS = { ratePerSecond: 10_000, burst: 5_000 }

/** How much may wait for a slow client is not published. */
export const MAX_CLIENT_BACKLOG_BYTES = 128 * 1024

/** Undocumented for WebSocket upgrades; this is the quota of REST and HTTP APIs for all headers together. */
export const MAX_HEADER_BYTES = 10_240
