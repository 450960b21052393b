import type { SentPreference } from './prefer.ts';
import type { TrafficExchange } from './exchange.ts';

/** The codes that an answer or a delivery shows, and what comes with them. */
export interface ShownCodes {
  readonly state: number;
  readonly status: number;
  readonly error: boolean | undefined;
  readonly outputs: boolean | undefined;
  readonly retryCount: number | undefined;
}

/** What one exchange means in the life of an operation. */
export type Happening = { readonly exchange: TrafficExchange } & (
  | {
      readonly kind: 'submission';
      readonly way: 'web-api' | 'organization-service';
      /** The custom API that is called, where it can be told. */
      readonly message: string | undefined;
      readonly preferences: readonly SentPreference[];
      readonly callbackUrl: string | undefined;
      /** The operation that the answer gives; undefined where it gives none. */
      readonly id: string | undefined;
    }
  | {
      readonly kind: 'read';
      readonly id: string;
      readonly resource: 'monitor' | 'row';
      readonly way: 'web-api' | 'organization-service';
      /** Undefined where the answer shows no codes. */
      readonly shown: ShownCodes | undefined;
    }
  | {
      readonly kind: 'cancellation';
      readonly id: string;
      /** `update` is the PATCH of the organization service; `put` replaces the row. */
      readonly way: 'delete' | 'patch' | 'delete-row' | 'update' | 'put';
      /** The codes that a PATCH sets. */
      readonly codes: { readonly state: unknown; readonly status: unknown } | undefined;
    }
  | { readonly kind: 'callback'; readonly id: string; readonly shown: ShownCodes | undefined }
  | { readonly kind: 'event'; readonly id: string; readonly shown: ShownCodes | undefined }
  /** Something else that is addressed to a resource of background operations, e.g. POST of the monitor. */
  | { readonly kind: 'other'; readonly id: string | undefined }
  | { readonly kind: 'page' }
  /** A batch that asks for background execution: itself, or in a part where it could not be taken apart. */
  | { readonly kind: 'batch'; readonly itself: boolean }
);

/** A happening of one kind. */
export type HappeningOf<Kind extends Happening['kind']> = Extract<Happening, { kind: Kind }>;
