package io.rbac.cli;

import io.rbac.model.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The objects of a cluster that say who may do what, as some files have them. */
final class KubernetesObjects {

    private static final String API = "rbac.authorization.k8s.io/";
    private static final String LIST = "List";

    private final List<String> lost;
    private final Map<String, ForeignObject> objects = new LinkedHashMap<>();
    private final Set<String> namespaces = new LinkedHashSet<>();

    /** Creates an empty collection; {@code lost} receives what is of no known kind. */
    KubernetesObjects(List<String> lost) {
        this.lost = lost;
    }

    /**
     * Adds the documents of a file.
     *
     * @throws CommandFailure if one is no object of Kubernetes, or is given twice
     */
    void add(List<@Nullable Object> documents, String file) {
        int number = 0;
        for (Object document : documents) {
            number++;
            if (document != null) {
                String place = file + (documents.size() == 1 ? "" : ", document " + number);
                addDocument(ForeignObject.of(document, place));
            }
        }
    }

    private void addDocument(ForeignObject object) {
        String kind = object.requiredText("kind");
        if (!kind.endsWith(LIST)) {
            add(object, kind, object.requiredText("apiVersion"));
            return;
        }
        String ofItems = kind.substring(0, kind.length() - LIST.length());
        for (ForeignObject item : object.objects("items")) {
            add(
                    item,
                    item.text("kind").orElse(ofItems),
                    item.text("apiVersion").orElseGet(() -> object.requiredText("apiVersion")));
        }
    }

    private void add(ForeignObject object, String kind, String apiVersion) {
        switch (kind) {
            case "Role", "RoleBinding" -> addNamed(object, kind, apiVersion, true);
            case "ClusterRole", "ClusterRoleBinding" -> addNamed(object, kind, apiVersion, false);
            case "Namespace" -> namespaces.add(metadata(object).requiredText("name"));
            default -> {}
        }
    }

    private void addNamed(ForeignObject object, String kind, String apiVersion, boolean isNamespaced) {
        String name = metadata(object).requiredText("name");
        Optional<String> namespace = metadata(object).text("namespace").filter(text -> isNamespaced);
        if (!apiVersion.startsWith(API)) {
            lost.add(object.place() + ": " + kind + ' ' + Violation.quote(name) + " is of the API "
                    + Violation.quote(apiVersion));
        } else if (isNamespaced && namespace.isEmpty()) {
            lost.add(object.place() + ": " + kind + ' ' + Violation.quote(name)
                    + " has no namespace: it would be created in the current one");
        } else {
            namespace.ifPresent(namespaces::add);
            if (objects.put(key(kind, namespace.orElse(""), name), object) != null) {
                throw new CommandFailure(
                        object.place() + ": " + kind + ' ' + Violation.quote(name) + " is given twice");
            }
        }
    }

    static ForeignObject metadata(ForeignObject object) {
        return object.object("metadata").orElseThrow(() -> new CommandFailure(object.place() + " has no `metadata`"));
    }

    private static String key(String kind, String namespace, String name) {
        return kind + '\n' + namespace + '\n' + name;
    }

    /** Returns the object with this name; the namespace of a cluster's own is empty. */
    Optional<ForeignObject> find(String kind, String namespace, String name) {
        return Optional.ofNullable(objects.get(key(kind, namespace, name)));
    }

    /** Returns all objects of a kind. */
    List<ForeignObject> all(String kind) {
        List<ForeignObject> found = new ArrayList<>();
        objects.forEach((key, object) -> {
            if (key.startsWith(kind + '\n')) {
                found.add(object);
            }
        });
        return found;
    }

    /** Returns every namespace that is named. */
    Set<String> namespaces() {
        return namespaces;
    }
}
