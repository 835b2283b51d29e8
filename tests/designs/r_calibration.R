suppressMessages({library(survey); library(jsonlite)})
options(digits=17, survey.lonely.psu="fail")
d <- read.csv("../inference/surveys/golden/api_apiclus1.csv", stringsAsFactors=FALSE)
dclus <- svydesign(id=~dnum, weights=~pw, data=d, fpc=~fpc)
pop.types <- data.frame(stype=c("E","H","M"), Freq=c(4421,755,1018))
pop.sch <- data.frame(sch.wide=c("No","Yes"), Freq=c(1072,5122))
ps <- postStratify(dclus, ~stype, pop.types)
rk <- rake(dclus, list(~stype, ~sch.wide), list(pop.types, pop.sch), control=list(maxit=200, epsilon=1e-12*6194))
stats <- function(des) {
  one <- function(x) list(value=as.numeric(coef(x)), se=as.numeric(SE(x)))
  m <- svymean(~api00+enroll, des); 
  by <- svyby(~api00, ~comp.imp, des, svymean)
  g <- svyglm(api00~comp.imp, des)
  list(mean_api00=one(svymean(~api00,des)), mean_enroll=one(svymean(~enroll,des)),
    total_enroll=one(svytotal(~enroll,des)), ratio_stu_enroll=one(svyratio(~api.stu,~enroll,des)),
    domain_mean_api00=list(labels=as.character(by$comp.imp), value=as.numeric(coef(by)), se=as.numeric(SE(by)), difference=as.numeric(coef(g)[2]), se_difference=as.numeric(SE(g)[2])),
    share_awards=one(svymean(~I(awards=="Yes"),des))[["value"]][2],
    se_share_awards=as.numeric(SE(svymean(~I(awards=="Yes"),des)))[2],
    subset_total_enroll=one(svytotal(~enroll, subset(des, cnum<20))),
    total_stype=one(svytotal(~stype,des)))
}
# weights that are raked already, and nothing else known: calibrating them again changes no weight
again <- function(des, f, pops) { d$w <- weights(des); e <- svydesign(id=~dnum, weights=~w, data=d, fpc=~fpc); calibrate(e, f, pops, calfun="linear") }
out <- list(about="R survey: postStratify, rake and calibrate on apiclus1", r=R.version.string, survey=as.character(packageVersion("survey")),
 totals=list(stype=list(E=4421,H=755,M=1018), sch.wide=list(No=1072,Yes=5122)),
 weights=list(poststratified=as.numeric(weights(ps)), raked=as.numeric(weights(rk))),
 poststratified=stats(ps), raked=stats(rk),
 poststratified_again=stats(again(ps, ~stype, c(`(Intercept)`=6194, stypeH=755, stypeM=1018))),
 raked_again=stats(again(rk, list(~stype,~sch.wide), list(pop.types,pop.sch))),
 calibrated_from_design=stats(calibrate(dclus, list(~stype,~sch.wide), list(pop.types,pop.sch), calfun="raking", epsilon=1e-12)))
write(toJSON(out, digits=NA, auto_unbox=TRUE, pretty=TRUE), "r_calibration.json")
