// One idiom for all channels: constants of RequestType/NotificationType, and serve() that binds one handler to each.

import type {
  CancellationToken,
  Disposable,
  MessageConnection,
  NotificationType,
  RequestType,
  RequestType0,
} from "vscode-jsonrpc";

type RequestHandler<T> =
  T extends RequestType0<infer R, void>
    ? (token: CancellationToken) => R | Promise<R>
    : T extends RequestType<infer P, infer R, void>
      ? (params: P, token: CancellationToken) => R | Promise<R>
      : never;
type NotificationHandler<T> = T extends NotificationType<infer P> ? (params: P) => void : never;

/** One handler for every request of a channel: a missing one, or one of another type, does not compile. */
export type RequestHandlers<C> = { readonly [K in keyof C]: RequestHandler<C[K]> };
export type NotificationHandlers<C> = { readonly [K in keyof C]: NotificationHandler<C[K]> };

type AnyRequestHandler = (params: unknown, token: CancellationToken) => unknown;
type AnyNotificationHandler = (params: unknown) => void;

/** Binds a handler to each request of a channel; dispose what it returns to unbind them. */
export function serveRequests<C extends object>(
  connection: MessageConnection,
  requests: C,
  handlers: RequestHandlers<C>,
): Disposable[] {
  return Object.entries(requests).map(([name, type]) => {
    const handler = (handlers as Record<string, AnyRequestHandler>)[name];
    if (handler === undefined) {
      throw new Error(`no handler for request ${name}`);
    }
    return connection.onRequest(type as RequestType<unknown, unknown, void>, handler);
  });
}

/** Binds a handler to each notification of a channel. */
export function serveNotifications<C extends object>(
  connection: MessageConnection,
  notifications: C,
  handlers: NotificationHandlers<C>,
): Disposable[] {
  return Object.entries(notifications).map(([name, type]) => {
    const handler = (handlers as Record<string, AnyNotificationHandler>)[name];
    if (handler === undefined) {
      throw new Error(`no handler for notification ${name}`);
    }
    return connection.onNotification(type as NotificationType<unknown>, handler);
  });
}
