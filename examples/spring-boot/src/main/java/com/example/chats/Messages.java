package com.example.chats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The messages of every chat; knows nothing of permissions. */
@Component
class Messages {

    private final Map<String, List<String>> chats = new ConcurrentHashMap<>();

    List<String> in(String account, String chat) {
        synchronized (chats) {
            return List.copyOf(chats.getOrDefault(account + '/' + chat, List.of()));
        }
    }

    void add(String account, String chat, String text) {
        synchronized (chats) {
            chats.computeIfAbsent(account + '/' + chat, id -> new ArrayList<>()).add(text);
        }
    }

    void clear(String account, String chat) {
        chats.remove(account + '/' + chat);
    }
}
