package com.example.chats;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.model.Change;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import io.rbac.spring.PublicEndpoint;
import io.rbac.spring.Rbac;
import io.rbac.spring.RequiresPermission;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ChatController {

    private final Messages messages;
    private final PermissionEngine engine;
    private final Rbac rbac;

    ChatController(Messages messages, PermissionEngine engine, Rbac rbac) {
        this.messages = messages;
        this.engine = engine;
        this.rbac = rbac;
    }

    /** The chats that the user may read, each with what they may do there: a page shows no more than that. */
    @GetMapping("/{account}/chats")
    @PublicEndpoint("shows each user what they may see")
    Map<String, Rights> chats(@PathVariable String account) {
        List<Target> all = engine.policy(account).targets();
        Map<String, Rights> shown = new java.util.TreeMap<>();
        rbac.filter("message:read", all, chat -> chat)
                .forEach(chat -> shown.put(chat.id(), rbac.at(chat).rights()));
        return shown;
    }

    @GetMapping("/{account}/chats/{chat}/messages")
    @RequiresPermission(value = "message:read", at = "chat/{chat}")
    List<String> read(@PathVariable String account, @PathVariable String chat) {
        return messages.in(account, chat);
    }

    @PostMapping("/{account}/chats/{chat}/messages")
    @RequiresPermission(value = "message:create", at = "chat/{chat}")
    void write(@PathVariable String account, @PathVariable String chat, @RequestBody String text) {
        messages.add(account, chat, text);
    }

    @DeleteMapping("/{account}/chats/{chat}/messages")
    @RequiresPermission(value = "message:delete", at = "chat/{chat}")
    void clear(@PathVariable String account, @PathVariable String chat) {
        messages.clear(account, chat);
    }

    /** An edit by a user: the guard decides, so no annotation is needed. */
    @PutMapping("/{account}/chats/{chat}/writers/{user}")
    @PublicEndpoint("the guard of the engine decides")
    void share(
            @PathVariable String account, @PathVariable String chat, @PathVariable String user, Principal principal) {
        engine.commit(PolicyEdit.of(account)
                .by(principal.getName())
                .changes(Change.assign(user, "writer", Target.chat(chat))));
    }

    @GetMapping("/")
    @PublicEndpoint("for everybody")
    String welcome() {
        return "chats";
    }
}
