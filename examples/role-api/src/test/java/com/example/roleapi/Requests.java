package com.example.roleapi;

import com.example.roleapi.Curl.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The curl commands by which the tests call a server. */
final class Requests {

    private final Curl curl;
    private final String url;

    Requests(Curl curl, String url) {
        this.curl = curl;
        this.url = url;
    }

    /** Sends a request to the demo workspace of Trillet. */
    Answer trillet(String method, String path, String body) throws IOException, InterruptedException {
        return send(
                method,
                new TrilletDemo().dialect().basePath() + path,
                body,
                "x-api-key: " + TrilletDemo.KEY,
                "x-workspace-id: " + TrilletDemo.WORKSPACE,
                "Content-Type: application/json");
    }

    /** Sends a request to the demo account of Pulse. */
    Answer pulse(String method, String path, String body) throws IOException, InterruptedException {
        return send(
                method,
                new PulseDemo().dialect().basePath() + path,
                body,
                "Authorization: Bearer " + PulseDemo.ADMIN_TOKEN,
                "Content-Type: application/vnd.api+json");
    }

    /** Sends a request to the demo workspace of Freya. */
    Answer freya(String method, String path, String body) throws IOException, InterruptedException {
        return send(
                method,
                "/api/v2/workspaces/" + FreyaDemo.WORKSPACE + path,
                body,
                "Authorization: Bearer " + FreyaDemo.OWNER_TOKEN,
                "Content-Type: application/json");
    }

    /** Runs the command that Freya prints, with another host, workspace and token. */
    Answer freyaAsPrinted() throws IOException, InterruptedException {
        return curl.run(Printed.FREYA_CURL
                .replace("https://app.freyavoice.ai", url)
                .replace("{workspaceId}", FreyaDemo.WORKSPACE)
                .replace("<token>", FreyaDemo.OWNER_TOKEN));
    }

    /** Sends a request, without a body if it is empty. */
    Answer send(String method, String target, String body, String... headers) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("curl --globoff"));
        words.add(method.equals("HEAD") ? "--head" : "--request " + method);
        words.add("--url " + quoted(url + target));
        for (String header : headers) {
            words.add("--header " + quoted(header));
        }
        if (!body.isEmpty()) {
            words.add("--data-binary " + quoted(body));
        }
        return curl.run(String.join(" ", words));
    }

    private static String quoted(String word) {
        return '\'' + word.replace("'", "'\\''") + '\'';
    }
}
