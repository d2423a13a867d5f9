const NOT_STORABLE = /\\u(0000|d[89a-f])/i;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * A JSON value as Postgres can keep it: text there has no U+0000, and no half of a character outside the BMP. Both
 * are legal in JSON, so anybody could put one into a transfer's concept and keep money from being booked.
 */
export function storable<Value>(value: Value): Value {
  const text = JSON.stringify(value);
  if (text === undefined || !NOT_STORABLE.test(text)) return value;
  return JSON.parse(text, (_key, item: unknown) =>
    typeof item === 'string' ? item.replaceAll('\0', '').replace(LONE_SURROGATE, '\uFFFD') : item,
  );
}
