// One idiom for all channels: constants of RequestType/NotificationType, and serve() that binds one handler to each.

import {
  ErrorCodes,
  ResponseError,
  type CancellationToken,
  type Disposable,
  type MessageConnection,
  type NotificationType,
  type RequestType,
  type RequestType0,
} from "vscode-jsonrpc";
import type { Check } from "./checks.ts";

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

/** One check for every request of a channel, of what comes with it. */
export type RequestChecks<C> = {
  readonly [K in keyof C]: C[K] extends RequestType0<infer _R, void>
    ? Check<null | undefined>
    : C[K] extends RequestType<infer P, infer _R, void>
      ? Check<P>
      : never;
};
export type NotificationChecks<C> = {
  readonly [K in keyof C]: C[K] extends NotificationType<infer P>
    ? [P] extends [null]
      ? Check<null | undefined>
      : Check<P>
    : never;
};

type AnyRequestHandler = (params: unknown, token: CancellationToken) => unknown;
type AnyNotificationHandler = (params: unknown) => void;

/**
 * Binds a handler to each request of a channel; dispose what it returns to unbind them. With `checks`, what does not pass is
 * answered with an error, and no handler sees it.
 */
export function serveRequests<C extends object>(
  connection: MessageConnection,
  requests: C,
  handlers: RequestHandlers<C>,
  checks?: RequestChecks<C>,
): Disposable[] {
  return Object.entries(requests).map(([name, type]) => {
    const handler = (handlers as Record<string, AnyRequestHandler>)[name];
    if (handler === undefined) {
      throw new Error(`no handler for request ${name}`);
    }
    const check = (checks as Record<string, Check<unknown>> | undefined)?.[name];
    if (check === undefined) {
      return connection.onRequest(type as RequestType<unknown, unknown, void>, handler);
    }
    const { method, numberOfParams } = type as RequestType<unknown, unknown, void>;
    // By its bare name, because a message of another form is to be seen as it is.
    return connection.onRequest(method, (...given: unknown[]): unknown => {
      const token = given.at(-1) as CancellationToken;
      const params = given.slice(0, -1);
      return params.length <= 1 && check(params[0])
        ? numberOfParams === 0
          ? (handler as unknown as (token: CancellationToken) => unknown)(token)
          : handler(params[0], token)
        : new ResponseError(ErrorCodes.InvalidParams, `${method} does not come in this form`);
    });
  });
}

/** Binds a handler to each notification of a channel. With `checks`, what does not pass is not heard; `onRefused` is told. */
export function serveNotifications<C extends object>(
  connection: MessageConnection,
  notifications: C,
  handlers: NotificationHandlers<C>,
  checks?: NotificationChecks<C>,
  onRefused: (method: string) => void = () => undefined,
): Disposable[] {
  return Object.entries(notifications).map(([name, type]) => {
    const handler = (handlers as Record<string, AnyNotificationHandler>)[name];
    if (handler === undefined) {
      throw new Error(`no handler for notification ${name}`);
    }
    const check = (checks as Record<string, Check<unknown>> | undefined)?.[name];
    if (check === undefined) {
      return connection.onNotification(type as NotificationType<unknown>, handler);
    }
    const { method } = type as NotificationType<unknown>;
    return connection.onNotification(method, (...params: unknown[]) => {
      if (params.length <= 1 && check(params[0])) {
        handler(params[0]);
      } else {
        onRefused(method);
      }
    });
  });
}
