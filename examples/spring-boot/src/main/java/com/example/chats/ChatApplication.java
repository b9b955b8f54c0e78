package com.example.chats;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** Starts the product: {@code curl -u ada:pw localhost:8080/acme/chats}. */
@SpringBootApplication
public class ChatApplication {

    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication.run(ChatApplication.class, arguments);
    }

    /** Authenticates; what a user may do is said where it is done. */
    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .httpBasic(basic -> {})
                .authorizeHttpRequests(requests ->
                        requests.requestMatchers("/").permitAll().anyRequest().authenticated())
                .build();
    }

    /** Users of all accounts; their ids are unique, as the path names the account. */
    @Bean
    UserDetailsService users() {
        InMemoryUserDetailsManager users = new InMemoryUserDetailsManager();
        for (String id : Accounts.USERS) {
            users.createUser(User.withUsername(id).password("{noop}pw").build());
        }
        return users;
    }
}
