package com.example.jakartachats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The messages of every chat; knows nothing of permissions. */
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
