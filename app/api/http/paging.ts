import { z } from 'zod';

/** Query of every list: `page` from 1, `page_size` up to 200. */
export const pageQuery = z.object({
  page: z.coerce.number().int().min(1).default(1),
  page_size: z.coerce.number().int().min(1).max(200).default(25),
});

/** `sort=field` or `sort=-field`, for the named fields only. */
export function sortBy<const F extends readonly [string, ...string[]]>(
  fields: F,
  fallback: F[number] | `-${F[number]}`,
) {
  type Sort = F[number] | `-${F[number]}`;
  const allowed = fields.flatMap((field): Sort[] => [field, `-${field}`]) as [Sort, ...Sort[]];
  return z.enum(allowed).default(fallback as never);
}

/** The answer of every list. */
export function paged<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    total: z.number().int(),
    page: z.number().int(),
    page_size: z.number().int(),
    total_pages: z.number().int(),
  });
}

/** Completes a page of items with its figures. */
export function toPage<T>(
  items: T[],
  total: number,
  { page, page_size }: { page: number; page_size: number },
) {
  return { items, total, page, page_size, total_pages: Math.ceil(total / page_size) };
}
