import type { FastifyRequest } from 'fastify';
import type { TelephonyProvider } from '../../calling/telephony/provider.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';

/**
 * The provider whose signature counts. Without one nothing is signed: refused like a wrong signature. While the settings
 * cannot be read nobody knows; then the provider should come again.
 */
export async function signingProvider(
  ctx: Context,
  request: FastifyRequest,
  name?: string,
): Promise<TelephonyProvider> {
  try {
    return await ctx.provider(name);
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'settings.unknown_provider') {
      throw await refuseSignature(request, 'There is no such provider here.', cause);
    }
    throw new AppError('server.unavailable', 'The provider’s settings cannot be read now.', { cause });
  }
}

/** The error for a request that the provider did not sign; past the limit of its address it is 429. */
export function refuseSignature(request: FastifyRequest, detail: string, cause?: unknown): Promise<AppError> {
  return request.server.refuseSignature(request, new AppError('webhook.bad_signature', detail, { cause }));
}
