package io.rbac.test;

import io.rbac.test.Sketch.Assignment;
import io.rbac.test.Sketch.Chat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All users, permissions and places of some sketches, and strangers to them. */
final class Universe {
    private final Set<String> users = new LinkedHashSet<>();
    private final Set<String> keys = new LinkedHashSet<>();
    private final Set<Place> places = new LinkedHashSet<>();

    private Universe() {}

    /** Every question about what one of the sketches knows, and about strangers. */
    static List<Question> questions(Sketch... sketches) {
        Universe universe = new Universe();
        for (Sketch sketch : sketches) {
            universe.add(sketch);
        }
        universe.addStrangers(sketches[0]);
        List<Question> questions = new ArrayList<>();
        for (String user : universe.users) {
            for (Place place : universe.places) {
                for (String key : universe.keys) {
                    questions.add(new Question(user, key, place));
                }
            }
        }
        return questions;
    }

    /** The places that are known to a sketch or stated, rightly or wrongly, and some that are unknown. */
    static List<Place> places(Sketch sketch) {
        Universe universe = new Universe();
        universe.add(sketch);
        universe.addStrangers(sketch);
        return List.copyOf(universe.places);
    }

    private void add(Sketch sketch) {
        sketch.assignments().stream().map(Assignment::user).forEach(users::add);
        sketch.actions().forEach(action -> keys.add(action.key()));
        places.add(Place.account());
        sketch.teams().forEach(team -> places.add(Place.team(team)));
        for (Chat chat : sketch.chats()) {
            String team = chat.team();
            Place bare = Place.chat(chat.id());
            places.add(bare);
            places.add(team == null ? bare.inAccount() : bare.inTeam(team));
        }
        for (Chat chat : sketch.chats().subList(0, Math.min(2, sketch.chats().size()))) {
            Place bare = Place.chat(chat.id());
            places.add(chat.team() == null ? bare.inTeam(anyTeam(sketch)) : bare.inAccount());
        }
    }

    private static String anyTeam(Sketch sketch) {
        return sketch.teams().isEmpty() ? "gone" : sketch.teams().get(0);
    }

    private void addStrangers(Sketch sketch) {
        Place gone = Place.chat("gone");
        places.add(Place.team("gone"));
        places.add(gone);
        places.add(gone.inAccount());
        places.add(gone.inTeam(anyTeam(sketch)));
        sketch.teams().stream().limit(1).forEach(team -> places.add(Place.chat(team)));
        sketch.chats().stream().limit(1).forEach(chat -> places.add(Place.team(chat.id())));
        users.add(sketch.roles().isEmpty() ? "nobody" : sketch.roles().get(0).id());
        users.add(users.iterator().next() + "x");
        keys.add(sketch.retired().isEmpty() ? "user:fly" : sketch.retired().get(0));
        keys.add(keys.iterator().next() + "x");
    }
}
