import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import type { Issuer } from './issuer.ts';

// Asymmetric only: with HS256 in the list a public key would pass for a shared secret.
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

type Expected = {
  audience: string;
  now: Date;
  requiredClaims: string[];
  /** Ask for the keys again at once when none fits: only for a token that came from the issuer itself. */
  fromIssuer?: boolean;
};

/** The claims of a token that this issuer signed for this audience; throws jose's errors. */
export async function verifyToken(issuer: Issuer, token: string, expected: Expected): Promise<JWTPayload> {
  const options: JWTVerifyOptions = {
    issuer: issuer.configuration.serverMetadata().issuer,
    audience: expected.audience,
    algorithms: ALGORITHMS,
    currentDate: expected.now,
    requiredClaims: expected.requiredClaims,
    clockTolerance: 5,
  };
  try {
    return (await jwtVerify(token, issuer.keys, options)).payload;
  } catch (error) {
    if (!expected.fromIssuer || !(error instanceof errors.JWKSNoMatchingKey)) throw error;
    await issuer.keys.reload();
    return (await jwtVerify(token, issuer.keys, options)).payload;
  }
}

/** True where the token is at fault; false where the issuer's keys could not be had. */
export function isTokensFault(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    error.code !== errors.JOSEError.code // the bare class: the keys' address did not answer with 200
  );
}
