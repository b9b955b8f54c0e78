package com.example.jakartachats;

import io.rbac.jakarta.PublicEndpoint;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.InputStream;
import java.util.Objects;

/** The page, on which users sign in. */
@Path("/")
@PublicEndpoint("for everybody")
public class Page {

    /** Returns the page. */
    @GET
    @Produces("text/html;charset=utf-8")
    public InputStream page() {
        return file("index.html");
    }

    /** Returns its script. */
    @GET
    @Path("chats.js")
    @Produces("text/javascript;charset=utf-8")
    public InputStream script() {
        return file("chats.js");
    }

    private static InputStream file(String name) {
        return Objects.requireNonNull(Page.class.getResourceAsStream("/page/" + name), name);
    }
}
