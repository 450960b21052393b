import type { Json } from '../../core/operation.ts';
import { derivedId } from '../../events/messages.ts';

const usEnglish = 1033;

/** A text for people, in the one language of the organization; null for none. */
export function label(text: string | null, of: string): Json {
  if (text === null) return { LocalizedLabels: [], UserLocalizedLabel: null };
  const localized = {
    Label: text,
    LanguageCode: usEnglish,
    IsManaged: true,
    MetadataId: derivedId(`label:${of}`),
    HasChanged: null,
  };
  return { LocalizedLabels: [localized], UserLocalizedLabel: localized };
}

/** A property that a solution could protect against changes; here nothing can be customized. */
export function managed(value: boolean | string, name: string): Json {
  return { Value: value, CanBeChanged: false, ManagedPropertyLogicalName: name };
}
