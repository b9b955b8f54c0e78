package io.rbac.spring.boot;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyListener;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes what is committed as events of the application. */
final class EventPublishingListener implements PolicyListener {

    private final ApplicationEventPublisher publisher;

    EventPublishingListener(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void committed(Commit commit) {
        publisher.publishEvent(new PolicyCommitted(commit));
    }

    @Override
    public void resync(String account, long revision) {
        publisher.publishEvent(new PolicyResynced(account, revision));
    }

    @Override
    public void removed(String account) {
        publisher.publishEvent(new AccountRemoved(account));
    }
}
