package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import io.rbac.jackson.file.FileReplacement;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes policy documents: format 2 is written, formats 2 and 1 are read.
 *
 * <pre>{@code
 * {
 *   "format": 2,
 *   "account": "acme",
 *   "scopes": [{ "scope": "org" }, { "scope": "folder", "nests": true }, { "scope": "page" }],
 *   "catalog": [{ "group": "page", "actions": ["read", "write"] }],
 *   "roles": [
 *     { "id": "member", "name": "Member", "scope": "org", "default": true },
 *     { "id": "editor", "name": "Editor", "scope": "folder", "rights": { "page": { "read": true, "write": true } } }
 *   ],
 *   "targets": [{ "folder": "f-1" }, { "folder": "f-2", "in": "folder/f-1" }, { "page": "p-1", "in": "folder/f-2" }],
 *   "assignments": [{ "user": "ada", "role": "member" }, { "user": "bob", "role": "editor", "at": "folder/f-1" }]
 * }
 * }</pre>
 *
 * <p><b>Formats.</b> In format 2, {@code scopes} states the {@linkplain ScopeTree scope tree}, widest first and the account's
 * own before all others, unless it is the standard one. {@code targets} has every target but the account: the field that has
 * its id is named by its scope, {@code in} is what it lies in, and without it this is the account. {@code at} is the target of
 * an assignment; without it this is the account. Such texts are {@code SCOPE/ID}; {@code account} and the name of its scope
 * both stand for the account. Format 1 knows the scopes account, team and chat only: it has {@code teams} and {@code chats},
 * {@code team} and {@code chat} in assignments, and {@code placedChats} for the rule {@code unknownTargets}. A field that only
 * the other format has is an {@link Code#UNKNOWN_FIELD}.
 *
 * <p><b>Reading</b> is strict. A document is JSON in UTF-8, without a byte order mark and with nothing after it.
 * Unknown and repeated fields, {@code null} or a value of another type where it does not belong, and everything that a
 * policy must not be, are refused; nothing is repaired, folded or trimmed. Fields may come in any order. Everything
 * that is wrong is found at once and thrown as one {@link PolicyViolationException}: each violation has a code, its
 * JSON Pointer, line and column, and the rejected value. If the document is not JSON ({@link Code#MALFORMED}) or
 * exceeds a limit ({@link Code#LIMIT_EXCEEDED}), nothing more can be read, and this is the last violation. If it has
 * another format ({@link Code#UNSUPPORTED_FORMAT}), this is the only one.
 *
 * <p><b>Limits.</b> A document has at most 1 GiB, or {@linkplain #withMaxBytes another size}. Objects and arrays are
 * nested at most 32 deep. A string has at most 200,000 UTF-16 code units (twice {@link PolicyRules#MAX_CODE_POINTS}), the
 * name of a field 4,096, a number 1,000 digits, an object 65,536 fields. A policy has at most {@link Policy#MAX_ROLES}
 * roles, {@link Policy#MAX_TARGETS} targets and {@link Policy#MAX_ASSIGNMENTS} assignments. Within its first 1,048,576
 * characters a document may state its format and scopes after what depends on them; it is then read again from its start.
 *
 * <p><b>Catalog and rules.</b> An application gives its own: {@link #PolicyJson(PermissionCatalog, PolicyRules)}. Then
 * every policy that is read has these very instances; the catalog and the rules in a document are checked, but not
 * used. A permission that a role holds is found by its key. If the application's catalog lacks it, this is {@link
 * Code#UNKNOWN_PERMISSION}, unless it is {@linkplain PermissionCatalog#retired() retired}: then it is dropped. A scope is
 * found by its name. If the application's tree lacks one that a role, a target or an assignment has, this is {@link
 * Code#SCOPE_INVALID}. A document that states neither catalog nor scopes names those of the application. A tool that knows no
 * application uses {@link #selfContained()}.
 *
 * <p><b>Writing</b> is canonical: equal policies under equal catalogs give the same bytes. What is at its default is
 * left out, and so are the retired keys of a catalog.
 *
 * <p>Streams, readers and writers that are passed in are never closed. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PolicyJson {

    static final long DEFAULT_MAX_BYTES = 1L << 30;

    private final @Nullable CatalogIndex catalog;
    private final @Nullable PolicyRules rules;
    private final long maxBytes;

    /**
     * Creates one for an application: every policy that is read has this catalog and these rules.
     *
     * @param catalog the catalog of the application
     * @param rules the rules of the application
     */
    public PolicyJson(PermissionCatalog catalog, PolicyRules rules) {
        this(new CatalogIndex(requireNonNull(catalog, "catalog")), requireNonNull(rules, "rules"), DEFAULT_MAX_BYTES);
    }

    private PolicyJson(@Nullable CatalogIndex catalog, @Nullable PolicyRules rules, long maxBytes) {
        this.catalog = catalog;
        this.rules = rules;
        this.maxBytes = maxBytes;
    }

    /**
     * Returns one that takes the catalog and the rules from each document, which must have a catalog. This is for
     * tools, not for applications: a document that brings its own catalog and rules decides by itself what is valid.
     */
    public static PolicyJson selfContained() {
        return new PolicyJson(null, null, DEFAULT_MAX_BYTES);
    }

    /**
     * Returns one with another limit on the size of a document: in bytes, or in characters if the document comes as
     * characters.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    public PolicyJson withMaxBytes(long newMaxBytes) {
        if (newMaxBytes <= 0) {
            throw new IllegalArgumentException("the limit is `" + newMaxBytes + "`: expected at least 1");
        }
        return new PolicyJson(catalog, rules, newMaxBytes);
    }

    /**
     * Reads a policy from a file.
     *
     * @throws PolicyViolationException with everything that is wrong with the document
     * @throws IOException if the file cannot be read
     */
    public Policy read(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(requireNonNull(file, "file"))) {
            return read(stream);
        }
    }

    /**
     * Reads a policy from a stream, up to its end.
     *
     * @throws PolicyViolationException with everything that is wrong with the document
     * @throws IOException if the stream throws it
     */
    public Policy read(InputStream stream) throws IOException {
        return read(new Utf8Source(requireNonNull(stream, "stream"), maxBytes));
    }

    /**
     * Reads a policy from characters, up to their end.
     *
     * @throws PolicyViolationException with everything that is wrong with the document
     * @throws IOException if the reader throws it
     */
    public Policy read(Reader reader) throws IOException {
        return read(new CharSource(requireNonNull(reader, "reader"), maxBytes));
    }

    /**
     * Reads a policy.
     *
     * @throws PolicyViolationException with everything that is wrong with the document
     */
    public Policy read(byte[] document) {
        try {
            return read(new ByteArrayInputStream(requireNonNull(document, "document")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a policy.
     *
     * @throws PolicyViolationException with everything that is wrong with the document
     */
    public Policy read(String document) {
        try {
            return read(new StringReader(requireNonNull(document, "document")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Policy read(Source source) throws IOException {
        return DocumentReader.read(source, catalog, rules);
    }

    /**
     * Writes a policy to a file. A temporary file beside it is written first and then replaces it in one step: so
     * whoever reads the file sees the whole old document or the whole new one. If the path is a symbolic link, its
     * target is replaced. A file that is replaced keeps its permissions, where the file system has those of POSIX. A pipe
     * or a device is written to, as it cannot be replaced.
     *
     * @throws IOException if the file cannot be written; then it is unchanged
     */
    public void write(Policy policy, Path file) throws IOException {
        requireNonNull(policy, "policy");
        FileReplacement.replace(requireNonNull(file, "file"), stream -> write(policy, stream));
    }

    /**
     * Writes a policy to a stream, in UTF-8, and flushes it.
     *
     * @throws IOException if the stream throws it
     */
    public void write(Policy policy, OutputStream stream) throws IOException {
        requireNonNull(policy, "policy");
        Writer writer = new OutputStreamWriter(
                requireNonNull(stream, "stream"),
                StandardCharsets.UTF_8
                        .newEncoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        write(policy, writer);
    }

    /**
     * Writes a policy as characters, and flushes the writer.
     *
     * @throws IOException if the writer throws it
     */
    public void write(Policy policy, Writer writer) throws IOException {
        PolicyWriter.write(requireNonNull(policy, "policy"), requireNonNull(writer, "writer"));
    }

    /** Returns a policy as a document. */
    public String write(Policy policy) {
        StringWriter writer = new StringWriter();
        try {
            write(policy, writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toString();
    }

    /**
     * Returns the fingerprint of all that a policy says: the SHA-256 of the bytes that are written. Equal policies under equal
     * catalogs have equal ones, and anybody can compute it from a document. For what a policy allows, however it says so, see
     * {@link io.rbac.matrix.PermissionMatrix#fingerprint}.
     *
     * @return 64 hexadecimal digits, in lower case
     */
    public String fingerprint(Policy policy) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            write(policy, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whose catalog is used, human-readable. */
    @Override
    public String toString() {
        return catalog == null ? "PolicyJson, self-contained" : "PolicyJson of " + catalog.catalog();
    }
}
