import assert from "node:assert/strict";
import { inspect } from "node:util";
import { describe, test } from "node:test";
import { InvalidDefinition } from "tenuto";
import {
  createSignatureVerifier,
  github,
  hmac,
  type HmacOptions,
  InvalidWebhookSecret,
  type SecretsOption,
  slack,
  standardWebhooks,
  stripe,
} from "tenuto/events";

const definers = {
  standardWebhooks,
  github,
  stripe,
  slack,
  hmac: (options: SecretsOption) => hmac({ ...options, header: "x-signature" }),
};

for (const [name, define] of Object.entries(definers)) {
  describe(name, () => {
    test("is plain data that names its secrets", () => {
      const definition = define({ secrets: "SHOP_SECRET" });
      assert.deepEqual(definition.secrets, ["SHOP_SECRET"]);
      assert.deepEqual(JSON.parse(JSON.stringify(definition)), definition);
    });

    for (const secrets of [[], "", [""], ["SHOP_SECRET", ""], "shop secret", ["SHOP_SECRET", "SHOP_SECRET"]]) {
      test(`refuses ${JSON.stringify(secrets)} as names of secrets`, () => {
        assert.throws(() => define({ secrets }), InvalidDefinition);
      });
    }

    test("refuses a secret in place of its name, and does not show it", () => {
      const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
      assert.throws(
        () => define({ secrets: secret }),
        (error) => error instanceof InvalidDefinition && !inspect(error).includes("MfKQ9r8GKY"),
      );
    });

    for (const [what, variables] of [
      ["not set", {}],
      ["empty", { SHOP_SECRET: "" }],
      ["white space", { SHOP_SECRET: "  \n" }],
      ["followed by a line break", { SHOP_SECRET: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n" }],
    ] as const) {
      test(`a secret that is ${what} is refused by its variable's name`, () => {
        assert.throws(
          () => createSignatureVerifier(define({ secrets: "SHOP_SECRET" }), variables),
          (error) =>
            error instanceof InvalidWebhookSecret &&
            error.variable === "SHOP_SECRET" &&
            error.message.includes("SHOP_SECRET") &&
            !inspect(error).includes("MfKQ9r8GKY"),
        );
      });
    }

    test("the first secret must be set, though another one is", () => {
      const definition = define({ secrets: ["NEW_SECRET", "OLD_SECRET"] });
      const variables = { OLD_SECRET: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" };
      assert.throws(() => createSignatureVerifier(definition, variables), { variable: "NEW_SECRET" });
    });
  });
}

for (const secret of [
  "whsec_",
  "whsec_c2hvcnQ=",
  "whsec_not base64 but long enough for it",
  "whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2La",
]) {
  test(`Standard Webhooks takes no ${secret} for a secret, and does not show it`, () => {
    assert.throws(
      () => createSignatureVerifier(standardWebhooks({ secrets: "SHOP_SECRET" }), { SHOP_SECRET: secret }),
      (error) => error instanceof InvalidWebhookSecret && !error.message.includes(secret.slice(6) || secret + "!"),
    );
  });
}

for (const [what, options] of [
  ["a header without a name", { header: "" }],
  ["a header with a line break", { header: "x-a\r\nx-b" }],
  ["a header for the time that can't be one", { timestampHeader: "x time" }],
  ["a header for the id that can't be one", { idHeader: "x:id" }],
  ["another algorithm", { algorithm: "sha1" }],
  ["another encoding", { encoding: "latin1" }],
  ["a prefix with a line break", { prefix: "\n" }],
  ["a separator that could belong to the time", { timestampHeader: "x-time", separator: "0" }],
  ["no separator after the time", { timestampHeader: "x-time", separator: "" }],
] as const) {
  test(`hmac refuses ${what}`, () => {
    const given = { secrets: "SHOP_SECRET", header: "x-signature", ...options } as HmacOptions;
    assert.throws(() => hmac(given), InvalidDefinition);
  });
}
