package com.example.jakartachats;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyEdit;
import io.rbac.jakarta.PublicEndpoint;
import io.rbac.jakarta.RequiresPermission;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.UserPermissions;
import io.rbac.matrix.UserRights;
import io.rbac.model.Change;
import io.rbac.model.Target;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;

/** The chats of an account. */
@Authenticated
@Path("{account}/chats")
@Produces(MediaType.APPLICATION_JSON)
public class ChatResource {

    private final Messages messages;
    private final PermissionEngine engine;

    ChatResource(Messages messages, PermissionEngine engine) {
        this.messages = messages;
        this.engine = engine;
    }

    /** The chats that the user may read, each with what they may do there: a page shows no more than that. */
    @GET
    @PublicEndpoint("shows each user what they may see")
    public UserRights chats(@PathParam("account") String account, @Context SecurityContext security) {
        PermissionMatrix matrix = engine.matrix(account);
        UserPermissions user = matrix.user(security.getUserPrincipal().getName());
        return user.rightsAt(user.filter("message:read", matrix.policy().targets()));
    }

    @GET
    @Path("{chat}/messages")
    @RequiresPermission(value = "message:read", at = "chat/{chat}")
    public List<String> read(@PathParam("account") String account, @PathParam("chat") String chat) {
        return messages.in(account, chat);
    }

    @POST
    @Path("{chat}/messages")
    @Consumes(MediaType.TEXT_PLAIN)
    @RequiresPermission(value = "message:create", at = "chat/{chat}")
    public void write(@PathParam("account") String account, @PathParam("chat") String chat, String text) {
        messages.add(account, chat, text);
    }

    @DELETE
    @Path("{chat}/messages")
    @RequiresPermission(value = "message:delete", at = "chat/{chat}")
    public void clear(@PathParam("account") String account, @PathParam("chat") String chat) {
        messages.clear(account, chat);
    }

    /** An edit by a user: the guard decides, so no annotation is needed. */
    @PUT
    @Path("{chat}/writers/{user}")
    @PublicEndpoint("the guard of the engine decides")
    public void share(
            @PathParam("account") String account,
            @PathParam("chat") String chat,
            @PathParam("user") String user,
            @Context SecurityContext security) {
        engine.commit(PolicyEdit.of(account)
                .by(security.getUserPrincipal().getName())
                .changes(Change.assign(user, "writer", Target.chat(chat))));
    }
}
