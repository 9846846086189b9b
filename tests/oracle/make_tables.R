# Oracle tables made with R alone (stats package). Run from this folder: Rscript make_tables.R
# Each table is a CSV whose first line, a comment, names the R version. Numbers have 17 significant digits.
set.seed(20261121)
save <- function(rows, name) {
  file <- file(name, "w")
  writeLines(paste0("# ", R.version.string, ", package stats ", packageVersion("stats")), file)
  table <- as.data.frame(do.call(rbind, rows))
  table[] <- lapply(table, function(x) ifelse(is.na(x), "", sprintf("%.17g", x)))
  write.csv(table, file, row.names = FALSE, quote = FALSE)
  close(file)
}
quiet <- function(value) suppressWarnings(tryCatch(value, error = function(e) NA))
g_test <- function(t) {
  e <- outer(rowSums(t), colSums(t)) / sum(t)
  pchisq(2 * sum(ifelse(t > 0, t * log(t / e), 0)), (nrow(t) - 1) * (ncol(t) - 1), lower.tail = FALSE)
}
codes <- function(t, margin) rep(slice.index(t, margin)[t >= 0] - 1, t)

fourfold <- function(t) {  # arms down, levels across
  pearson <- quiet(chisq.test(t, correct = FALSE))
  n <- sum(t)
  d <- dhyper(0:colSums(t)[1], rowSums(t)[1], rowSums(t)[2], colSums(t)[1])
  own <- d[t[1, 1] + 1]
  lower <- phyper(t[1, 1], rowSums(t)[1], rowSums(t)[2], colSums(t)[1])
  upper <- phyper(t[1, 1] - 1, rowSums(t)[1], rowSums(t)[2], colSums(t)[1], lower.tail = FALSE)
  x <- codes(t, 2); arm <- codes(t, 1)
  p <- t[, 1] / rowSums(t)
  c(a = t[1, 1], b = t[1, 2], c = t[2, 1], d = t[2, 2],
    chi_squared = pearson$p.value, chi_squared_yates = quiet(chisq.test(t)$p.value),
    chi_squared_n_minus_1 = unname(pchisq(pearson$statistic * (n - 1) / n, 1, lower.tail = FALSE)),
    likelihood_ratio = g_test(t), fisher = fisher.test(t)$p.value, fisher_doubled = min(1, 2 * lower, 2 * upper),
    fisher_mid_p = sum(d[d <= own * (1 + 1e-7)]) - sum(d[abs(d / own - 1) <= 1e-7]) / 2,
    student_t_on_codes = quiet(t.test(x[arm == 0], x[arm == 1], var.equal = TRUE)$p.value),
    mann_whitney_corrected = quiet(wilcox.test(x[arm == 0], x[arm == 1], exact = FALSE)$p.value),
    unpooled_z = 2 * pnorm(-abs(p[1] - p[2]) / sqrt(sum(p * (1 - p) / rowSums(t)))))
}
rows <- list()
while (length(rows) < 300) {
  n <- sample(c(1:6, 8:40, 60, 100, 150, 400), 2, TRUE)
  p <- if (length(rows) %% 5 == 0) c(0, runif(1)) else if (length(rows) %% 5 == 1) rep(runif(1, 0.02, 0.2), 2) else runif(2)
  a <- rbinom(2, n, p)
  t <- unname(cbind(a, n - a))
  if (all(colSums(t) > 0)) rows[[length(rows) + 1]] <- fourfold(t)
}
save(rows, "fourfold.csv")

crosstab <- function(t) {
  n <- sum(t); x <- codes(t, 2); arm <- codes(t, 1)
  pearson <- quiet(chisq.test(t, correct = FALSE))
  r2 <- cor(arm, x)^2
  two <- nrow(t) == 2
  c(arms = nrow(t), levels = ncol(t), setNames(as.vector(t(t))[1:16], paste0("c", 1:16)),
    chi_squared = pearson$p.value,
    chi_squared_n_minus_1 = unname(pchisq(pearson$statistic * (n - 1) / n, pearson$parameter, lower.tail = FALSE)),
    likelihood_ratio = g_test(t), fisher = quiet(fisher.test(t, workspace = 2e8)$p.value),
    linear_by_linear = pchisq((n - 1) * r2, 1, lower.tail = FALSE),
    cochran_armitage = if (two) quiet(prop.trend.test(t[1, ], colSums(t))$p.value) else pchisq(n * r2, 1, lower.tail = FALSE),
    kruskal_wallis = kruskal.test(x, arm)$p.value,
    mann_whitney_corrected = if (two) quiet(wilcox.test(x[arm == 0], x[arm == 1], exact = FALSE)$p.value) else NA,
    anova_on_codes = quiet(oneway.test(x ~ arm, var.equal = TRUE)$p.value),
    welch_t_on_codes = if (two) quiet(t.test(x[arm == 0], x[arm == 1])$p.value) else NA)
}
rows <- list()
shapes <- list(c(2, 3), c(2, 4), c(2, 5), c(3, 2), c(3, 3), c(3, 4), c(4, 2), c(4, 3), c(4, 4))
while (length(rows) < 270) {
  s <- shapes[[length(rows) %% length(shapes) + 1]]
  m <- if (s[1] * s[2] > 9) sample(4:14, 1) else sample(4:40, 1)
  p <- rgamma(s[2], 1)
  t <- t(sapply(1:s[1], function(i) rmultinom(1, m + i, p * runif(s[2], 0.5, 1.5))))
  if (all(colSums(t) > 0) && all(rowSums(t) > 0)) rows[[length(rows) + 1]] <- crosstab(t)
}
save(rows, "crosstab.csv")

means <- function(x) {
  k <- length(x)
  fill <- function(v) c(v, rep(NA, 5 - k))
  y <- unlist(x); arm <- factor(rep(seq_along(x), lengths(x)))
  s <- sapply(x, sd); s[is.na(s)] <- 0
  c(arms = k, setNames(fill(lengths(x)), paste0("n", 1:5)), setNames(fill(sapply(x, mean)), paste0("mean", 1:5)),
    setNames(fill(s), paste0("sd", 1:5)),
    student_t = if (k == 2) quiet(t.test(x[[1]], x[[2]], var.equal = TRUE)$p.value) else NA,
    welch_t = if (k == 2) quiet(t.test(x[[1]], x[[2]])$p.value) else NA,
    z_test = if (k == 2 && min(lengths(x)) > 1) 2 * pnorm(-abs(mean(x[[1]]) - mean(x[[2]])) / sqrt(var(x[[1]]) / length(x[[1]]) + var(x[[2]]) / length(x[[2]]))) else NA,
    anova = if (k > 2) quiet(oneway.test(y ~ arm, var.equal = TRUE)$p.value) else NA,
    welch_anova = if (k > 2) quiet(oneway.test(y ~ arm)$p.value) else NA)
}
rows <- list()
for (i in 1:480) {
  k <- if (i <= 240) 2 else 3 + i %% 3
  n <- sample(c(2:8, 10:60, 200), k, TRUE)
  x <- lapply(n, function(m) rnorm(m, runif(1, 0, 2), runif(1, 0.3, 3)))
  if (i %% 20 == 0) x <- lapply(x, function(v) v - mean(v) + 5)             # equal means
  if (i %% 20 == 1 && k == 2) x[[1]] <- x[[1]][1]                           # n = 1
  if (i %% 20 == 2 && k == 2) x[[1]] <- rep(round(x[[1]][1], 3), length(x[[1]]))  # SD = 0
  if (i %% 20 == 3) x[[1]] <- x[[1]] + 30                                   # far apart
  rows[[i]] <- means(x)
}
save(rows, "means.csv")

rows <- list()
for (i in 1:200) {
  t <- rt(1, 5) * 2; f <- rf(1, 3, 20) * sample(c(0.1, 1, 6), 1); x <- rchisq(1, 3) * sample(c(0.1, 1, 6), 1); z <- rnorm(1, 0, 3)
  d <- sample(c(1:10, 30.5, 120), 1); e <- sample(c(1:30, 77.25), 1); n <- sample(3:300, 1); r <- runif(1, -0.99, 0.99)
  n1 <- sample(1:30, 1); n2 <- sample(1:30, 1); u <- sample(0:(n1 * n2), 1)
  rows[[i]] <- c(t = t, f = f, x = x, z = z, d = d, e = e, n = n, r = r, n1 = n1, n2 = n2, u = u,
    p_t = 2 * pt(-abs(t), d), p_f = pf(f, d, e, lower.tail = FALSE), p_x = pchisq(x, d, lower.tail = FALSE), p_z = 2 * pnorm(-abs(z)),
    p_r = 2 * pt(-abs(r * sqrt((n - 2) / (1 - r^2))), n - 2), p_u = min(1, 2 * pwilcox(min(u, n1 * n2 - u), n1, n2)))
}
save(rows, "statistics.csv")

rows <- list()
for (i in 1:220) {
  n <- sample(20:200, 1); arm <- rep(0:1, length.out = n)
  level <- sample(c(0.9, 0.95, 0.975, 0.99), 1)
  if (i %% 2) {
    y <- rbinom(n, 1, plogis(-0.5 + runif(1, -1, 1) * arm)); y[1:4] <- c(0, 1, 1, 0)
    fit <- glm(y ~ arm, family = binomial)
    ci <- exp(confint.default(fit, level = level)[2, ]); b <- exp(coef(fit)[2]); df <- NA
  } else {
    y <- rnorm(n, runif(1, -1, 1) * arm); fit <- lm(y ~ arm)
    ci <- confint(fit, level = level)[2, ]; b <- coef(fit)[2]; df <- n - 2
  }
  rows[[i]] <- c(ratio = i %% 2, level = 100 * level, df = df, estimate = unname(b), ci_low = unname(ci[1]), ci_high = unname(ci[2]),
    p = coef(summary(fit))[2, 4])
}
save(rows, "effects.csv")
