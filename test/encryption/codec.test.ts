import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import { defaultPayloadConverter, type Payload } from "@temporalio/common";
import { DecryptionFailed, InvalidEncryptionKeys } from "tenuto";
import { createEncryption } from "tenuto/client";
import { aKey } from "./fixtures/keys.ts";

const text = "canary-of-the-codec";
const plain = defaultPayloadConverter.toPayload({ text });
const valueOf = (payload: Payload | undefined) => payload && defaultPayloadConverter.fromPayload(payload);
const keyIdOf = (payload: Payload | undefined) =>
  Buffer.from(payload?.metadata?.["encryption-key-id"] ?? []).toString();

describe("the codec", () => {
  const [old, young] = [aKey("old"), aKey("new")];
  const before = createEncryption(old);
  const rotated = createEncryption(`${young},${old}`);

  test("gives back what it was given, and shows nothing of it meanwhile", async () => {
    const [encrypted, again] = await before.codec.encode([plain, plain]);
    const everything = Buffer.concat(
      [encrypted?.data ?? [], ...Object.values(encrypted?.metadata ?? {})].map((bytes) => Buffer.from(bytes)),
    );
    assert.ok(!everything.includes(text) && !everything.includes("json/plain"));
    assert.notDeepEqual(encrypted?.data, again?.data);
    assert.deepEqual((await before.codec.decode([encrypted ?? {}])).map(valueOf), [{ text }]);
  });

  test("after a rotation the first key encrypts, and every key decrypts", async () => {
    const [written] = await before.codec.encode([plain]);
    const [rewritten] = await rotated.codec.encode([plain]);
    assert.deepEqual([keyIdOf(written), keyIdOf(rewritten)], ["old", "new"]);
    const both = await rotated.codec.decode([written ?? {}, rewritten ?? {}]);
    assert.deepEqual(both.map(valueOf), [{ text }, { text }]);
  });

  test("passes through what nobody has encrypted", async () => {
    assert.deepEqual(await before.codec.decode([plain]), [plain]);
  });

  const changed = (payload: Payload | undefined): Payload => {
    const data = Buffer.from(payload?.data ?? []);
    data[20] = (data[20] ?? 0) ^ 1;
    return { ...payload, data };
  };
  for (const { what, decode, keyId } of [
    {
      what: "under a key that is not there",
      decode: async () => before.codec.decode(await rotated.codec.encode([plain])),
      keyId: "new",
    },
    {
      what: "under another key of the same id",
      decode: async () => createEncryption(aKey("old")).codec.decode(await before.codec.encode([plain])),
      keyId: "old",
    },
    {
      what: "that was changed",
      decode: async () => before.codec.decode((await before.codec.encode([plain])).map(changed)),
      keyId: "old",
    },
    {
      what: "that was cut off",
      decode: async () =>
        before.codec.decode(
          (await before.codec.encode([plain])).map((each) => ({ ...each, data: Buffer.from("short") })),
        ),
      keyId: "old",
    },
  ]) {
    test(`says of a payload ${what} that it can't be decrypted, and names the key`, async () => {
      await assert.rejects(decode, (error: unknown) => {
        assert.ok(error instanceof DecryptionFailed);
        assert.deepEqual([error.code, error.keyId], ["DECRYPTION_FAILED", keyId]);
        assert.ok(error.message.includes(`"${keyId}"`) && !error.message.includes(text), error.message);
        return true;
      });
    });
  }

  const secret = randomBytes(32).toString("base64");
  for (const { what, keys, entry, says } of [
    { what: "no id", keys: secret, entry: 1, says: "its id" },
    { what: "a strange id", keys: `a/b:${secret}`, entry: 1, says: "its id" },
    { what: "a short key", keys: `a:${secret},b:${randomBytes(16).toString("base64")}`, entry: 2, says: "16 bytes" },
    { what: "a key that is not base64", keys: `a:${secret.slice(0, 40)}$$$$`, entry: 1, says: "base64" },
    {
      what: "the same id twice",
      keys: `a:${secret},a:${randomBytes(32).toString("base64")}`,
      entry: 2,
      says: "same id",
    },
    { what: "an empty entry", keys: `a:${secret},`, entry: 2, says: "its id" },
    { what: "nothing at all", keys: "", entry: 1, says: "its id" },
  ]) {
    test(`refuses keys with ${what}, by number and without anything of a key`, () => {
      assert.throws(
        () => createEncryption(keys),
        (error: unknown) => {
          assert.ok(error instanceof InvalidEncryptionKeys);
          assert.deepEqual([error.code, error.entry], ["INVALID_ENCRYPTION_KEYS", entry]);
          assert.ok(error.message.includes(says), error.message);
          assert.ok(!error.message.includes(secret.slice(0, 8)));
          return true;
        },
      );
    });
  }
});
