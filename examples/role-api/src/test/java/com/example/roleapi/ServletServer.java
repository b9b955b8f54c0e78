package com.example.roleapi;

import io.rbac.engine.InMemoryPolicyStore;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The three role APIs as servlets of an embedded server. */
final class ServletServer implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final List<DemoApi> apis = new ArrayList<>();

    private ServletServer() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
    }

    static ServletServer start() throws Exception {
        ServletServer started = new ServletServer();
        ServletContextHandler context = new ServletContextHandler();
        for (Demo demo : Demo.all()) {
            DemoApi api = DemoApi.open(demo, new InMemoryPolicyStore());
            started.apis.add(api);
            context.addServlet(
                    new ServletHolder(new RoleApiServlet(api)), demo.dialect().basePath() + "/*");
        }
        started.server.setHandler(context);
        started.server.start();
        return started;
    }

    String url() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        apis.forEach(DemoApi::close);
    }
}
