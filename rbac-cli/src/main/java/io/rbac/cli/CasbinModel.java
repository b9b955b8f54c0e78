package io.rbac.cli;

import io.rbac.model.Violation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A model of Casbin whose policies can be expressed. */
enum CasbinModel {
    /** Subjects have rights, without roles. */
    ACL("sub,obj,act", "", "r.sub==p.sub&&r.obj==p.obj&&r.act==p.act"),
    /** Subjects and their roles have rights. */
    RBAC("sub,obj,act", "_,_", "g(r.sub,p.sub)&&r.obj==p.obj&&r.act==p.act"),
    /** The same in each of many domains. */
    RBAC_WITH_DOMAINS("sub,dom,obj,act", "_,_,_", "g(r.sub,p.sub,r.dom)&&r.dom==p.dom&&r.obj==p.obj&&r.act==p.act");

    private final String values;
    private final String roles;
    private final String matcher;

    CasbinModel(String values, String roles, String matcher) {
        this.values = values;
        this.roles = roles;
        this.matcher = matcher;
    }

    private Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("request_definition r", values);
        entries.put("policy_definition p", values);
        if (!roles.isEmpty()) {
            entries.put("role_definition g", roles);
        }
        entries.put("policy_effect e", "some(where(p.eft==allow))");
        entries.put("matchers m", sorted(matcher));
        return entries;
    }

    boolean hasRoles() {
        return this != ACL;
    }

    boolean hasDomains() {
        return this == RBAC_WITH_DOMAINS;
    }

    /**
     * Returns the model that a file describes.
     *
     * @param name the file, for messages
     * @throws CommandFailure if it is none of these
     */
    static CasbinModel of(List<String> lines, String name) {
        Map<String, String> found = new LinkedHashMap<>();
        String section = "";
        StringBuilder entry = new StringBuilder();
        for (String line : lines) {
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
                continue;
            }
            if (text.startsWith("[") && text.endsWith("]")) {
                section = text.substring(1, text.length() - 1).strip();
            } else if (text.endsWith("\\")) {
                entry.append(text, 0, text.length() - 1);
            } else {
                add(section, entry.append(text).toString(), found, name);
                entry.setLength(0);
            }
        }
        return Arrays.stream(values())
                .filter(model -> model.entries().equals(found))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(name
                        + " is a model that cannot be imported: expected one of Casbin's documentation for ACL, RBAC or"
                        + " RBAC with domains, not " + Violation.quote(found.toString())));
    }

    private static void add(String section, String entry, Map<String, String> found, String name) {
        int sign = entry.indexOf('=');
        if (sign < 0) {
            throw new CommandFailure(name + " is not a model: " + Violation.quote(entry) + " has no `=`");
        }
        String value = entry.substring(sign + 1).replaceAll("\\s", "");
        String key = section + ' ' + entry.substring(0, sign).strip();
        if (found.put(key, section.equals("matchers") ? sorted(value) : value) != null) {
            throw new CommandFailure(name + " is not a model: " + Violation.quote(key) + " is given twice");
        }
    }

    /** Returns a conjunction in an order of its own. Only those are compared that have no other operator. */
    private static String sorted(String matcher) {
        return String.join("&&", new TreeSet<>(List.of(matcher.split("&&"))));
    }
}
