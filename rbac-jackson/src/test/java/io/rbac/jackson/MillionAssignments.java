package io.rbac.jackson;

import io.rbac.model.PolicyRules;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads a document of a million assignments that exists nowhere as a whole. */
final class MillionAssignments {

    static final int USERS = 250_000;
    static final int TEAMS = 1_000;
    static final int CHATS = 100_000;

    private MillionAssignments() {}

    public static void main(String[] args) throws IOException {
        Policy small = PolicyJson.selfContained().read(head() + "]}");
        Policy policy = new PolicyJson(small.catalog(), PolicyRules.standard()).read(new Document());
        long assignments = 0;
        for (String user : policy.users()) {
            assignments += policy.rolesOf(user).size();
        }
        System.out.println(assignments + " assignments of " + policy.users().size() + " users");
    }

    private static String head() {
        StringBuilder head = new StringBuilder(
                "{\"format\":2,\"account\":\"acme\",\"catalog\":[{\"group\":\"user\",\"actions\":[\"read\"]}],\"roles\":[");
        for (String scope : new String[] {"account", "team", "chat"}) {
            head.append("{\"id\":\"")
                    .append(scope)
                    .append("\",\"name\":\"x\",\"scope\":\"")
                    .append(scope);
            head.append("\",\"default\":true,\"rights\":{\"user\":{\"read\":true}}},");
        }
        head.setLength(head.length() - 1);
        head.append("],\"targets\":[");
        for (int i = 0; i < CHATS; i++) {
            head.append("{\"chat\":\"chat-").append(i);
            head.append("\",\"in\":\"team/team-").append(i % TEAMS).append("\"},");
        }
        for (int i = 0; i < TEAMS; i++) {
            head.append(i == 0 ? "{" : ",{")
                    .append("\"team\":\"team-")
                    .append(i)
                    .append("\"}");
        }
        return head.append("],\"assignments\":[").toString();
    }

    /** The document, made while it is read. */
    private static final class Document extends InputStream {

        private byte[] part = head().getBytes(StandardCharsets.UTF_8);
        private int position;
        private int user;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (position == part.length) {
                if (user > USERS) {
                    return -1;
                }
                part = next().getBytes(StandardCharsets.UTF_8);
                position = 0;
            }
            int count = Math.min(length, part.length - position);
            System.arraycopy(part, position, buffer, offset, count);
            position += count;
            return count;
        }

        /** The four assignments of the next user, or the end. */
        private String next() {
            int number = user++;
            if (number == USERS) {
                return "]}";
            }
            String name = "{\"user\":\"user-" + number + "\",\"role\":\"";
            return (number == 0 ? "" : ",") + name + "account\"},"
                    + name + "team\",\"at\":\"team/team-" + number % TEAMS + "\"},"
                    + name + "chat\",\"at\":\"chat/chat-" + number % CHATS + "\"},"
                    + name + "chat\",\"at\":\"chat/chat-" + (number + 7) % CHATS + "\"}";
        }
    }
}
