// Failures are made in the isolate, which knows neither keys nor the environment. So each bundle has a word that says
// whether payloads leave the worker encrypted, and a worker that encrypts changes it: a bundle that was made before runs
// either way. Both words have the same length, which keeps source maps right.
import type { BundleOptions, WorkerOptions } from "@temporalio/worker";
import { type Encryption, failureConverterPath } from "../client/encryption.ts";
import { InvalidDefinition } from "../core/errors/invalid-definition.ts";

const words = { clear: "tenuto-payloads-clear", coded: "tenuto-payloads-coded" } as const;

/** Adds to the options of Temporal's bundler what failures need to be encrypted. */
export function withFailureConverter(options: BundleOptions, { isCoded = false } = {}): BundleOptions {
  return {
    ...options,
    failureConverterPath: options.failureConverterPath ?? failureConverterPath,
    webpackConfigHook: (given) => {
      const config = options.webpackConfigHook?.(given) ?? given;
      const word = JSON.stringify(isCoded ? words.coded : words.clear);
      return {
        ...config,
        plugins: [
          ...(config.plugins ?? []),
          {
            apply: (bundler) => {
              new bundler.webpack.DefinePlugin({ TENUTO_PAYLOADS: word }).apply(bundler);
            },
          },
        ],
      };
    },
  };
}

/** A bundle's code, for a worker that encrypts; `undefined` when it was made without {@link withFailureConverter}. */
export function codedBundle(code: string): string | undefined {
  if (!code.includes(words.clear)) return code.includes(words.coded) ? code : undefined;
  return code.replaceAll(words.clear, words.coded);
}

type Converter = NonNullable<WorkerOptions["dataConverter"]>;

/**
 * The data converter of a worker that encrypts: what the worker has stays, and its codecs come before the encryption.
 *
 * @throws `InvalidDefinition` when the worker has a failure converter of its own.
 */
export function encryptingConverter(own: Converter | undefined, { codec, dataConverter }: Encryption): Converter {
  const theirs = own?.failureConverterPath;
  if (theirs !== undefined && theirs !== failureConverterPath) {
    throw new InvalidDefinition({
      what: "The worker's encryption",
      got: { failureConverterPath: theirs },
      remedy: "Take out `failureConverterPath`: messages of errors are encrypted by Tenuto's failure converter.",
    });
  }
  const codecs = (own?.payloadCodecs ?? []).filter((each) => each !== codec);
  return { ...own, ...dataConverter, payloadCodecs: [...codecs, codec] };
}
