//! What happens in the directory day by day, most of it without any meaning: memberships, devices,
//! licences, passwords, sync.

use super::{
    audit::{Actor, CORE, Event, Log, Target},
    calendar::{DAYS, any_moment, day, is_working, moment},
    cast::{ADMIN, GONE, HELPDESK, INVITERS, SECOND_ADMIN},
    directory::{DEVICE_REGISTRATION, Directory, GUEST_GROUPS, INTUNE, LICENSING, PIM, SYNC},
    people::{Guest, People, guest_target, member_target},
    random::Random,
};
use crate::time::{HOUR, MINUTE, SECOND};

struct Routine<'a> {
    people: &'a People,
    directory: &'a Directory,
    random: Random,
}

type Happening<'a> = fn(&mut Routine<'a>, i64, &mut Log);

/// What happens while people work, and how often.
const fn by_people<'a>() -> [(usize, Happening<'a>); 10] {
    [
        (22, Routine::guest_joins),
        (7, Routine::guest_leaves),
        (16, Routine::member_joins),
        (5, Routine::app_role),
        (9, Routine::security_info),
        (8, Routine::password),
        (2, Routine::activation),
        (5, Routine::profile),
        (2, Routine::application),
        (1, Routine::policy),
    ]
}
/// What machines do at any time.
const fn by_machines<'a>() -> [(usize, Happening<'a>); 3] {
    [(10, Routine::sync), (9, Routine::device), (4, Routine::licence)]
}

/// All of it.
pub(super) fn write(people: &People, directory: &Directory, seed: u64, log: &mut Log) {
    let mut routine = Routine { people, directory, random: Random::new(seed, "routine") };
    for number in 0..DAYS {
        let midnight = day(number);
        let (people, machines) = if is_working(midnight) { (56 + number / 8, 36) } else { (2, 9) };
        routine.some(people, &by_people(), |random| moment(random, midnight), log);
        routine.some(machines, &by_machines(), |random| any_moment(random, midnight), log);
    }
}

impl<'a> Routine<'a> {
    /// About so many of these, at moments of that kind.
    fn some(&mut self, count: i64, of: &[(usize, Happening<'a>)], when: impl Fn(&mut Random) -> i64, log: &mut Log) {
        for _ in 0..count + self.random.between(-2, 3) {
            let time = when(&mut self.random);
            let which = self.random.weighted(of.iter().map(|(weight, _)| *weight));
            of[which].1(self, time, log);
        }
    }

    fn guest(&mut self, time: i64) -> &'a Guest {
        let people = self.people;
        loop {
            let guest = self.random.pick(&people.guests);
            if guest.is_active(time) {
                return guest;
            }
        }
    }

    /// Any member but the one who leaves.
    fn member(&mut self) -> usize {
        loop {
            let number = self.random.below(self.people.members.len());
            if number != GONE {
                return number;
            }
        }
    }

    fn admin(&mut self) -> Actor {
        let number = *self.random.pick(&[ADMIN, SECOND_ADMIN, HELPDESK, HELPDESK]);
        self.people.member_actor(number)
    }

    fn guest_joins(&mut self, time: i64, log: &mut Log) {
        let (guest, directory) = (self.guest(time), self.directory);
        let group = &directory.groups[self.random.below(GUEST_GROUPS)];
        let by = self.people.member_actor(*self.random.pick(&INVITERS));
        log.add(
            Event::new(time, CORE, "GroupManagement", "Add member to group")
                .by(&by)
                .on(group.joined_by(guest_target(guest)))
                .on(group.target())
                .detail("UserType", "Guest"),
        );
    }

    fn guest_leaves(&mut self, time: i64, log: &mut Log) {
        let (guest, directory) = (self.guest(time), self.directory);
        let group = &directory.groups[self.random.below(GUEST_GROUPS)];
        let by = if self.random.percent(40) {
            self.people.guest_actor(guest)
        } else {
            self.people.member_actor(*self.random.pick(&INVITERS))
        };
        log.add(
            Event::new(time, CORE, "GroupManagement", "Remove member from group")
                .by(&by)
                .on(group.left_by(guest_target(guest)))
                .on(group.target())
                .detail("UserType", "Guest"),
        );
    }

    fn member_joins(&mut self, time: i64, log: &mut Log) {
        let (number, by) = (self.member(), self.admin());
        let (people, directory) = (self.people, self.directory);
        let (member, group) = (&people.members[number], self.random.pick(&directory.groups));
        let leaves = self.random.percent(30);
        let (activity, target) = if leaves {
            ("Remove member from group", group.left_by(member_target(member)))
        } else {
            ("Add member to group", group.joined_by(member_target(member)))
        };
        log.add(
            Event::new(time, CORE, "GroupManagement", activity)
                .by(&by)
                .on(target)
                .on(group.target())
                .detail("UserType", "Member"),
        );
    }

    fn app_role(&mut self, time: i64, log: &mut Log) {
        let (number, by) = (self.member(), self.admin());
        let (people, directory) = (self.people, self.directory);
        let (member, app) = (&people.members[number], self.random.pick(&directory.apps));
        let role = self.random.below(2);
        let event =
            if self.random.percent(30) {
                Event::new(time, CORE, "UserManagement", "Remove app role assignment from user")
                    .on(app.lost_role_target(role, &member.id, &member.upn))
            } else {
                Event::new(time, CORE, "UserManagement", "Add app role assignment grant to user").on(app.role_target(
                    role,
                    &member.id,
                    &member.upn,
                ))
            };
        log.add(event.by(&by).on(member_target(member)));
    }

    fn security_info(&mut self, time: i64, log: &mut Log) {
        let (actor, target) = if self.random.percent(55) {
            let guest = self.guest(time);
            (self.people.guest_actor(guest), guest_target(guest))
        } else {
            let number = self.member();
            (self.people.member_actor(number), member_target(&self.people.members[number]))
        };
        let service = "Authentication Methods";
        let operation = log.correlation();
        let started = Event::new(time, service, "UserManagement", "User started security info registration");
        log.add(started.by(&actor).on(target.clone()).correlated(&operation));
        let registered = Event::new(time + 2 * MINUTE, service, "UserManagement", "User registered security info");
        let mut registered = registered.by(&actor).on(target).correlated(&operation);
        if self.random.percent(12) {
            registered = registered.failed("User failed to register Authenticator App with Notification and Code");
        } else {
            registered.reason = "User registered Authenticator App with Notification and Code";
        }
        log.add(registered);
    }

    fn password(&mut self, time: i64, log: &mut Log) {
        let number = self.member();
        let (actor, target) = (self.people.member_actor(number), member_target(&self.people.members[number]));
        if self.random.percent(30) {
            let by = self.people.member_actor(HELPDESK);
            let event = Event::new(time, CORE, "UserManagement", "Reset password");
            log.add(event.by(&by).on(target).detail("UserType", "Member"));
            return;
        }
        let service = "Self-service Password Management";
        let operation = log.correlation();
        let steps = 1 + self.random.below(3) as i64;
        for step in 0..steps {
            let activity = "Self-service password reset flow activity progress";
            let event = Event::new(time + step * 20 * SECOND, service, "UserManagement", activity);
            let mut event = event.by(&actor).on(target.clone()).correlated(&operation);
            event.reason = "User completed the mobile app verification option";
            log.add(event);
        }
        let event = Event::new(time + 2 * MINUTE, service, "UserManagement", "Reset password (self-service)");
        let event = event.by(&actor).on(target).correlated(&operation);
        log.add(if self.random.percent(15) {
            event.failed("Password does not meet the requirements of the policy")
        } else {
            event
        });
    }

    /// A role of an administrator, requested, granted and taken back by Privileged Identity Management.
    fn activation(&mut self, time: i64, log: &mut Log) {
        let number = *self.random.pick(&[ADMIN, SECOND_ADMIN, HELPDESK]);
        let (actor, target) = (self.people.member_actor(number), member_target(&self.people.members[number]));
        let role = Target::new("Role", &self.directory.helpdesk_role, "Helpdesk Administrator");
        let pim = self.directory.robot(PIM);
        let operation = log.correlation();
        let steps = [
            (0, "PIM", &actor, "Add member to role requested (PIM activation)"),
            (4, CORE, pim, "Add member to role"),
            (5, "PIM", &actor, "Add member to role completed (PIM activation)"),
            (4 * HOUR / SECOND, "PIM", pim, "Remove member from role (PIM activation expired)"),
        ];
        for (seconds, service, by, activity) in steps {
            let event = Event::new(time + seconds * SECOND, service, "RoleManagement", activity).by(by);
            let account = target.clone().change("Role.DisplayName", None, Some("Helpdesk Administrator"));
            let event = if service == CORE { event.on(account) } else { event.on(role.clone()).on(target.clone()) };
            log.add(event.correlated(&operation).detail("RoleDefinitionOriginType", "BuiltInRole"));
        }
    }

    fn profile(&mut self, time: i64, log: &mut Log) {
        let (guest, by) = (self.guest(time), self.admin());
        let (property, value) = *self.random.pick(&[
            ("CompanyName", "Partner"),
            ("Department", "External"),
            ("JobTitle", "Consultant"),
            ("UsageLocation", "DE"),
        ]);
        log.add(
            Event::new(time, CORE, "UserManagement", "Update user")
                .by(&by)
                .on(guest_target(guest)
                    .list_change(property, "", value)
                    .change("Included Updated Properties", None, Some(property))
                    .change("TargetId.UserType", None, Some("Guest")))
                .detail("UserType", "Guest"),
        );
    }

    fn application(&mut self, time: i64, log: &mut Log) {
        let by = self.admin();
        let app = self.random.pick(&self.directory.apps);
        let activity = *self.random.pick(&[
            "Update application",
            "Update application - Certificates and secrets management",
            "Update service principal",
            "Consent to application",
        ]);
        let target = Target::new("ServicePrincipal", &app.id, app.name);
        let target = if activity == "Consent to application" {
            target.change("ConsentContext.IsAdminConsent", None, Some("True")).change(
                "ConsentAction.Permissions",
                None,
                Some("User.Read openid profile"),
            )
        } else {
            target.change("Included Updated Properties", None, Some("Description"))
        };
        log.add(
            Event::new(time, CORE, "ApplicationManagement", activity)
                .by(&by)
                .on(target)
                .detail("AppId", &app.client_id),
        );
    }

    fn policy(&mut self, time: i64, log: &mut Log) {
        let by = self.people.member_actor(SECOND_ADMIN);
        let policy =
            *self.random.pick(&["Require MFA for guests", "Block legacy authentication", "Guest session length"]);
        let target = Target::new("Policy", &self.directory.groups[0].id, policy);
        log.add(
            Event::new(time, "Conditional Access", "Policy", "Update conditional access policy")
                .by(&by)
                .on(target.change("ConditionalAccessPolicy", Some("state: reportOnly"), Some("state: enabled"))),
        );
    }

    fn sync(&mut self, time: i64, log: &mut Log) {
        let member = &self.people.members[self.member()];
        let by = self.directory.robot(SYNC);
        let (property, old, new) = *self.random.pick(&[
            ("Department", "Projects", "Operations"),
            ("TelephoneNumber", "", "+49 30 555 0100"),
            ("JobTitle", "Analyst", "Senior Analyst"),
        ]);
        log.add(
            Event::new(time, CORE, "UserManagement", "Update user")
                .by(by)
                .on(member_target(member).list_change(property, old, new).change(
                    "Included Updated Properties",
                    None,
                    Some(property),
                ))
                .detail("UserType", "Member"),
        );
    }

    fn device(&mut self, time: i64, log: &mut Log) {
        let directory = self.directory;
        let device = self.random.pick(&directory.devices);
        let (by, activity) = match self.random.below(20) {
            0 => (DEVICE_REGISTRATION, "Add device"),
            1 => (DEVICE_REGISTRATION, "Add registered owner to device"),
            2 => (DEVICE_REGISTRATION, "Delete device"),
            _ => (INTUNE, "Update device"),
        };
        log.add(
            Event::new(time, CORE, "Device", activity).by(directory.robot(by)).on(Target::new(
                "Device",
                &device.id,
                &device.name,
            )
            .list_change("DeviceOSVersion", "10.0.26100.4061", "10.0.26100.4349")
            .change("Included Updated Properties", None, Some("DeviceOSVersion"))),
        );
    }

    fn licence(&mut self, time: i64, log: &mut Log) {
        let member = &self.people.members[self.member()];
        let by = self.directory.robot(LICENSING);
        let operation = log.correlation();
        log.add(
            Event::new(time, CORE, "UserManagement", "Change user license")
                .by(by)
                .on(member_target(member).list_change("AssignedLicense", "", "SkuName=ENTERPRISEPACK").change(
                    "Included Updated Properties",
                    None,
                    Some("AssignedLicense"),
                ))
                .detail("UserType", "Member")
                .correlated(&operation),
        );
        let activity = "Finish applying group based license to user";
        log.add(
            Event::new(time + SECOND, CORE, "GroupManagement", activity)
                .by(by)
                .on(member_target(member))
                .correlated(&operation),
        );
    }
}
