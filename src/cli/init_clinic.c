/* Comment rows hold no separators but commas between a column's name and what is said of it, so
 * that a spreadsheet shows them as two cells and saves them as it found them. */
#include "init_clinic.h"

#include <stddef.h>

static const char *const program[] = {
    "# The program as a whole: a setting a row. Every one may be left out: then its default holds.",
    "# Rows whose first cell starts with # are for people: the program passes them over.",
    "# A column whose name starts with x_ is yours: it is passed over too.",
    "setting,value,x_meaning",
    "program_name,Harbor Street IOP,heads every calendar and report",
    "timezone,America/New_York,IANA zone of all times; empty: none",
    "calendar_detail,neutral,full: events in calendars name the service",
    "days,Mon;Tue;Wed;Thu;Fri,days of operation",
    "open,09:00,opening time of every day (availability.csv may give a day its own)",
    "close,17:00,closing time of every day",
    "slot_minutes,30,the grid: 5 or 10 or 15 or 20 or 30 or 60 minutes",
    "visit_min_hours,2,least counted hours of a day on which a patient comes on site",
    "day_max_hours,5,most counted hours of a patient on one day",
    "break_after_minutes,180,nobody is in session longer than this",
    "break_minutes,30,without a break of this; 0: no rule",
    "travel_minutes,60,least time between an on-site and a telehealth session of a patient",
    "hours_floor,9,patients' min_hours and max_hours are at least this",
    "hours_ceiling,20,patients' min_hours and max_hours are at most this",
    "days_floor,3,patients' min_days and max_days are at least this",
    "days_ceiling,5,patients' min_days and max_days are at most this",
    "cushion_sessions,0,how many missed group sessions a patient's week should survive",
    "weight_hour_short,100,cost of an hour below a patient's min_hours",
    "weight_day_short,100,of a day below min_days",
    "weight_session_short,100,of a session below a requirement's minimum",
    "weight_offer_short,100,of a session below a service's sessions_min",
    "weight_staff_hour,1,of a therapist's hour in session",
    "weight_idle_hour,2,of an hour that a patient waits between sessions",
    "weight_staff_idle_hour,0,of an hour that a therapist waits",
    "weight_stranded_day,20,of a day that no payer pays for (payers.csv)",
    "weight_extra_day,1,of a day attended beyond min_days",
    "weight_not_primary,3,of a session that should be the primary therapist's and is not",
    "weight_not_preferred_hour,1,of an hour outside a patient's preferred times",
    "weight_change,2,of an attendance that the previous plan does not have",
    "weight_cushion,0,of an hour short if cushion_sessions sessions are missed",
    NULL};

static const char *const services[] = {
    "# The curriculum: a service a row.",
    "# service_id,letters and digits and . _ -",
    "# name,what people call it; empty: the id",
    "# format,group or individual or family (one patient and their family)",
    "# category,a word that requirements can name; may be empty",
    "# minutes,length as payers count it",
    "# min_size,fewest patients of a group session (default 3)",
    "# max_size,most patients of a group session (default 12)",
    "# leaders,therapists in one session (default 1)",
    "# notes_minutes,the leaders stay busy this long after it",
    "# credentials,any one of the list qualifies; roles joined by + ask for one leader each",
    "# room_features,the room has all of these",
    "# mode,onsite or telehealth",
    "# tags,only patients with one of these; empty: everybody",
    "# membership,open; or closed: all of the week's sessions or none",
    "# counts_hours,no: attended but not counted in hours (a drug test)",
    "# surprise,yes: unannounced (a drug test): left out of the patient's own calendar",
    "# weekly_max,most sessions a week of one patient where requirements.csv says nothing",
    "# sessions_min,fewest sessions that the program offers in the week",
    "# sessions_max,most; empty: no limit",
    "# starts,allowed starts such as 09:00;Thu 18:00; empty: any",
    ("service_id,name,format,category,minutes,min_size,max_size,leaders,notes_minutes,credentials,"
     "room_features,mode,tags,membership,counts_hours,surprise,weekly_max,sessions_min,sessions_"
     "max,"
     "starts"),
    "SKL,Coping skills,group,skills,60,3,10,1,0,LCSW;LMHC;LADC,,onsite,,open,yes,,,3,,",
    "PRO,Process group,group,process,60,3,10,1,0,LCSW;LMHC,,onsite,,open,yes,,,,,",
    "REL,Relapse prevention,group,skills,60,3,10,1,0,LADC;LCSW,,onsite,,open,yes,,3,,,",
    ("SEE,Seeking safety,group,process,60,2,8,1,0,LCSW,,onsite,trauma,closed,yes,,2,,2,Tue "
     "13:00;Thu "
     "13:00"),
    "PEER,Recovery circle,group,recovery,60,3,12,2,0,LADC;LMHC + PEER,,onsite,,open,yes,,1,,,",
    ("EDU,Family education "
     "online,group,education,60,2,12,1,0,LMHC;LADC,,telehealth,,open,yes,,1,,1,"
     "Thu 16:00"),
    "IND,Individual counseling,individual,individual,60,,,1,30,LCSW;LMHC,,onsite,,open,yes,,,,,",
    "FAM,Family session,family,family,60,,,1,30,LCSW;LMHC,,onsite,,open,yes,,,,,",
    "MED,Medication review,individual,medical,30,,,1,0,MD,quiet,onsite,,open,yes,,,,,",
    "UDS,Drug test,individual,,30,,,1,0,NURSE;MD,lab,onsite,,open,no,,,,,",
    NULL};

static const char *const patients[] = {
    "# Who attends: a patient a row. These eight are invented.",
    "# patient_id,what plans and messages call the patient",
    "# name,written only on request; may be empty",
    "# min_hours,counted hours due in the week; empty: the phase's",
    "# max_hours,most of them; empty: the phase's",
    "# min_days,days due in the week; empty: the phase's",
    "# max_days,most of them; empty: the phase's",
    "# phase,a row of phases.csv; empty: by the date of admission",
    "# admitted,first date of attendance",
    "# discharged,last date of attendance",
    "# tags,words that services and requirements can name",
    "# primary_therapist,who should lead the individual sessions",
    "# telehealth,yes; or no: never by telehealth; or only: never on site",
    "# payer,a row of payers.csv",
    "# priority,0.1 to 10: weighs this patient's unmet care; 10 is most urgent",
    ("patient_id,name,min_hours,max_hours,min_days,max_days,phase,admitted,discharged,tags,"
     "primary_therapist,telehealth,payer,priority"),
    "P1,Avery Stone,,,,,,2026-01-05,,trauma,T1,yes,STATE,",
    "P2,Blake Rivera,,,,,,2026-01-12,,trauma,T1,yes,STATE,2",
    "P3,Casey Lindqvist,9,12,3,4,,2026-02-02,,,T2,yes,UNITY,",
    "P4,Drew Okafor,9,12,3,4,,2026-02-02,,test,T2,no,UNITY,",
    "P5,Ellis Marchetti,,,,,intensive,,,,T1,yes,STATE,1.5",
    "P6,Finley Novak,,,,,step-down,,,test,T2,yes,STATE,",
    "P7,Gray Whitfield,9,14,3,5,,,2035-12-31,,,yes,,",
    "P8,Hollis Tanaka,10,14,4,5,,,,test,T1,yes,UNITY,0.5",
    NULL};

static const char *const phases[] = {
    "# Step-down: hours and days that follow the week of treatment.",
    "# phase,its name",
    "# from_week,first week of treatment; the admission date begins week 1",
    "# to_week,last week; empty: to the end",
    "# min_hours,counted hours due in the week",
    "# max_hours,most of them",
    "# min_days,days due in the week",
    "# max_days,most of them",
    "phase,from_week,to_week,min_hours,max_hours,min_days,max_days",
    "intensive,1,6,12,16,4,5",
    "step-down,7,,9,12,3,4",
    NULL};

static const char *const payers[] = {
    "# What makes a day payable: less than this and nobody pays for it.",
    "# payer,its id",
    "# name,may be empty",
    "# day_min_hours,least counted hours of a day",
    "# day_min_services,least different counted services of a day",
    "# citation,where it says so; shown in reports",
    "payer,name,day_min_hours,day_min_services,citation",
    "STATE,State plan,3,2,Provider manual 4.2 (invented)",
    "UNITY,Unity Mutual,2,1,Policy 11-7 (invented)",
    NULL};

static const char *const therapists[] = {
    "# Who leads sessions: a therapist a row.",
    "# therapist_id,what plans and messages call them",
    "# name,may be empty",
    "# credentials,a list; services ask for one of them",
    "# max_hours_day,hours in session (default 8)",
    "# max_hours_week,hours in session (default 40)",
    "therapist_id,name,credentials,max_hours_day,max_hours_week",
    "T1,Morgan Ellery,LCSW,6,25",
    "T2,Noa Castellano,LMHC,6,25",
    "T3,Oren Blackwood,LADC,6,25",
    "T4,Quinn Adeyemi,PEER,4,10",
    "T5,Reese Halloran,MD,4,8",
    NULL};

static const char *const rooms[] = {"# Where sessions take place: a room a row.",
                                    "# room_id,what plans and messages call it",
                                    "# name,may be empty",
                                    "# capacity,patients",
                                    "# features,a list; services ask for all of theirs",
                                    "room_id,name,capacity,features",
                                    "G1,Large group room,12,video",
                                    "G2,Small group room,8,",
                                    "C1,Consulting room,4,quiet",
                                    "L1,Lab,1,lab",
                                    NULL};

static const char *const requirements[] = {
    "# Who needs what.",
    "# applies_to,a patient_id or tag:NAME or all",
    "# service,a service_id or category:NAME",
    "# min_sessions,in the week; empty: 0",
    "# max_sessions,in the week; empty: no limit",
    "# every_weeks,above 1: the row holds every so many weeks only",
    "# first_week,... and first in this one",
    "applies_to,service,min_sessions,max_sessions,every_weeks,first_week",
    "all,IND,1,1,,",
    "all,category:process,1,,,",
    "tag:trauma,SEE,2,2,,",
    "tag:test,UDS,1,1,,",
    "P2,FAM,1,1,2,2026-W02",
    "P5,MED,1,1,4,2026-W02",
    NULL};

static const char *const availability[] = {
    "# Weekly hours. Who has no row is there in all opening hours.",
    "# kind,patient or therapist or room or program (the program's opening hours of that day)",
    "# id,whose; empty for program",
    "# day,a day or a list such as Mon;Wed; or all",
    "# start,from this time",
    "# end,to this time",
    "# preference,available (default) or preferred",
    "kind,id,day,start,end,preference",
    "program,,Fri,09:00,15:00,",
    "therapist,T3,Mon;Tue;Wed;Thu,09:00,17:00,",
    "therapist,T4,Tue;Thu,09:00,13:00,",
    "therapist,T5,Wed,13:00,17:00,",
    "patient,P3,Mon;Tue;Wed;Thu;Fri,09:00,14:00,",
    "patient,P7,all,09:00,17:00,",
    "patient,P7,Mon;Wed;Fri,09:00,13:00,preferred",
    "room,L1,all,09:00,15:00,",
    NULL};

static const char *const exceptions[] = {
    "# This week is different: dates outside the planned week are passed over.",
    "# kind,patient or therapist or room or program (closed)",
    "# id,whose; empty for program",
    "# date,the day",
    "# until,the last day; empty: that one day",
    "# start,from this time; empty: from the day's start",
    "# end,to this time; empty: to the day's end",
    "# effect,off (default): not there; on: there although the weekly hours say not",
    "kind,id,date,until,start,end,effect",
    "program,,2027-01-01,,,,off",
    "therapist,T2,2027-03-15,2027-03-16,,,off",
    "patient,P3,2027-02-10,,14:00,16:00,on",
    NULL};

static const char *const apart[] = {"# Never together.",
                                    "# patient_id,this patient",
                                    "# apart_from,another patient or a therapist",
                                    "patient_id,apart_from",
                                    "P4,T3",
                                    NULL};

static const char *const fixed[] = {
    "# Decided already: this takes place. What is left empty is free.",
    "# service_id,what",
    "# day,when",
    "# start,when",
    "# therapist_id,who leads it; may be a list",
    "# room_id,where",
    "# patient_id,who is in it; may be a list",
    "# week,only in that week; empty: every week",
    "service_id,day,start,therapist_id,room_id,patient_id,week",
    "SKL,Mon,10:00,,G1,,",
    "IND,Wed,11:00,T1,,P8,2027-W05",
    NULL};

const struct init_file init_files[] = {
    {"program.csv", program},
    {"services.csv", services},
    {"patients.csv", patients},
    {"phases.csv", phases},
    {"payers.csv", payers},
    {"therapists.csv", therapists},
    {"rooms.csv", rooms},
    {"requirements.csv", requirements},
    {"availability.csv", availability},
    {"exceptions.csv", exceptions},
    {"apart.csv", apart},
    {"fixed.csv", fixed},
};
const int n_init_files = sizeof init_files / sizeof *init_files;
